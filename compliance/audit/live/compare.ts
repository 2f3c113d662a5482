import { asList, isRecord } from '../../templates/template-set';
import { MARK, UNKNOWN } from '../../templates/tokens';
import { isEmpty, isUnsaid } from './defaults';
import type { Links } from './links';

/**
 * Whether a value of the account is what a template says, which names resources where the account has their ids. What the
 * template does not say of an object is what a service says by default; a list has neither less nor more. What the template
 * leaves open fits.
 */
export function isAsWritten(written: unknown, live: unknown, links: Links): boolean {
  if (typeof written === 'string') return textFits(written, live, links);
  if (Array.isArray(written)) return listFits(written, live, links);
  if (isRecord(written)) return recordFits(written, isRecord(live) ? live : {}, links);
  if (written === undefined || written === null) return live === undefined || live === null || isEmpty(live);
  return asText(written) === asText(live);
}

type Fields = Readonly<Record<string, unknown>>;

/** Key by key, those that only the account has included: a principal more, or a condition more, is another policy. */
function recordFits(written: Fields, live: Fields, links: Links): boolean {
  const isAdded = (key: string): boolean => !(key in written) && !isUnsaid(key, live);
  return (
    Object.entries(written).every(([key, value]) => isAsWritten(value, live[key], links)) &&
    !Object.keys(live).some(isAdded)
  );
}

function textFits(written: string, live: unknown, links: Links): boolean {
  if (written === UNKNOWN) return true;
  if (Array.isArray(live) && live.length === 1) return textFits(written, live[0], links);
  if (isRecord(live)) return sameJson(written, live);
  if (live === undefined || live === null) return written === '';
  const isPlain = !written.includes(MARK) && !written.includes(UNKNOWN);
  return isPlain ? written === asText(live) : links.pattern(written).test(asText(live));
}

/** Numbers and truth are text in some templates and themselves in answers. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Some properties are JSON as text in a template and an object in an answer. */
function sameJson(written: string, live: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(written)) === JSON.stringify(live);
  } catch {
    return false;
  }
}

/** In any order; a list of one and its one item are the same to IAM. */
function listFits(written: readonly unknown[], live: unknown, links: Links): boolean {
  const left = [...(Array.isArray(live) ? asList(live) : live === undefined || live === null ? [] : [live])];
  for (const item of written) {
    const at = left.findIndex((candidate) => isAsWritten(item, candidate, links));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left.length === 0;
}
