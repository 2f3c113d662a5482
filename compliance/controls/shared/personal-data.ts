/** A number as E.164 has it, spaced or not; eight digits and more, so that no version and no offset is taken for one. */
const PHONE = /(?<!\d)\+[1-9](?:[ .()-]{0,2}\d){7,14}(?!\d)|\btel:\+?\d{3,}/i;

/** One character before the sign will do: to look for more takes the square of a long text. */
const MAIL = /[\w.%+-]@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i;

/** A key made of what a caller is known by: `recordings/{caller}/…`, `${from}`, `%(phone)s`, `<ani>`. */
const FILLED_BY_CALLER =
  /[{<]{1,2}\s*(?:\w+:)?(?:caller|callee|phone|number|msisdn|from|to|ani|dnis|cli|email|name|patient|customer)\w*\s*[}>]|%\((?:caller|phone|number|from|to|email)\w*\)/i;

/** What of a text tells who somebody is, in a word; undefined where nothing does. */
export function personIn(text: string): string | undefined {
  if ((text.includes('+') || text.includes(':')) && PHONE.test(text)) return 'a phone number';
  return text.includes('@') && MAIL.test(text) ? 'an e-mail address' : undefined;
}

/** The same of a pattern that will be filled with data of a call. */
export const personInPattern = (pattern: string): string | undefined =>
  personIn(pattern) ?? (FILLED_BY_CALLER.test(pattern) ? 'a place for who calls' : undefined);
