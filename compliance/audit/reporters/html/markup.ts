/** Markup as opposed to text: only `html` makes it, so that no value reaches a page unescaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | number | undefined | readonly Part[];

/**
 * A piece of a page: what is written in the template is markup, what is put into it is text or a piece itself. A template's
 * line breaks are for its readers: one white space each in the page.
 */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(
    strings.map((string, index) => (index === 0 ? '' : rendered(parts[index - 1])) + compact(string)).join(''),
  );

const compact = (template: string): string => template.replace(/\s*\n\s*/g, '\n');

/** A file of the kit's own, or what has been made safe where it stands: never a value from outside. */
export const trusted = (text: string): Markup => new Markup(text);

function rendered(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escaped(part);
  return typeof part === 'number' ? String(part) : part.map(rendered).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  // A parser reads a bare one as a line feed.
  '\r': '&#13;',
};

/** Safe in elements and in quoted attributes. What no page can hold, NUL and half characters, shows as a replacement. */
const escaped = (text: string): string =>
  text.replace(/\0|\p{Surrogate}/gu, '\uFFFD').replace(/[&<>"'`\r]/g, (found) => ENTITIES[found] ?? found);
