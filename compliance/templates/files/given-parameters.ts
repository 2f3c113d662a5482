import { plain, shorten } from '../../../regions/config/display';
import type { StackTemplate } from '../template-set';

/** What of the parameters given by hand no template takes, a line each: with a slip in a name a default would be judged. */
export function misgivenIn(
  stacks: readonly StackTemplate[],
  given: Readonly<Record<string, string>>,
): readonly string[] {
  const outermost = stacks.filter(({ parent }) => !parent);
  return Object.entries(given).flatMap(([name, value]) => {
    const declaring = outermost.filter(({ body }) => Object.hasOwn(body.Parameters ?? {}, name));
    if (declaring.length === 0) return [told(name, 'a name that no template declares', namesIn(outermost), 'the name')];
    const isNumber = declaring.some(({ body }) => body.Parameters?.[name]?.Type === 'Number');
    return isNumber && !isNumeric(value) ? [told(name, shorten(value), 'a number, its Type', 'the value')] : [];
  });
}

const told = (name: string, got: string, allowed: string, change: string): string =>
  plain(`--parameter ${name}: got ${got}, allowed ${allowed}, change ${change}`);

function namesIn(stacks: readonly StackTemplate[]): string {
  const names = [...new Set(stacks.flatMap(({ body }) => Object.keys(body.Parameters ?? {})))].toSorted();
  const more = names.length - SHOWN;
  if (names.length === 0) return 'none, for none is declared';
  return `${names.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const isNumeric = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

const SHOWN = 20;
