import type { Assertion } from '../assertions/check';

/** Counts assertions over all steps and prints those that do not hold, with both sides. */
export class Verdict {
  private made = 0;
  private failed = 0;
  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.print = print;
  }

  get counts(): { readonly made: number; readonly failed: number } {
    return { made: this.made, failed: this.failed };
  }

  /** @param part of the deployment, such as `records` */
  add(part: string, assertions: readonly Assertion[]): void {
    if (assertions.length === 0) throw new Error(`nothing is asserted of ${part}`);
    const failing = assertions.filter(({ holds }) => !holds);
    this.made += assertions.length;
    this.failed += failing.length;
    this.print(`          ${part}: ${assertions.length - failing.length} of ${assertions.length} hold`);
    for (const assertion of failing) this.print(linesOf(assertion));
  }
}

const linesOf = ({ what, expected, found }: Assertion): string =>
  [`          NOT SO  ${what}`, `            expected ${shown(expected)}`, `            found    ${shown(found)}`].join(
    '\n',
  );

/** Enough to see the difference; a policy may be pages long. */
const LONGEST = 400;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
