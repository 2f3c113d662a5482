import { isKnown } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { fits } from '../wildcard';

/** An API call, as CloudTrail tells EventBridge of it. */
export interface Call {
  /** `aws.s3`. */
  readonly source: string;
  readonly name: string;
  /** Parameters of the call that a rule may ask for, and whether one of its alternatives is this call's. */
  readonly parameters: Readonly<Record<string, (alternative: unknown) => boolean>>;
}

/** Whether a rule, when on and as far as it can be read, sends a call to somebody; undefined where it may. */
export function reports(evidence: Evidence, rule: Resource, call: Call): boolean | undefined {
  const { State: state = 'ENABLED', EventPattern: pattern, EventBusName: bus = 'default' } = evidence.properties(rule);
  if (state === 'DISABLED' || bus !== 'default' || pattern === undefined)
    return isKnown([state, bus]) ? false : undefined;
  if (asList(evidence.at(rule, 'Targets')).length === 0)
    return isKnown(evidence.at(rule, 'Targets')) ? false : undefined;
  if (isRecord(pattern) && isKnown(state) && matches(pattern, rule, call)) return true;
  return isKnown([state, pattern]) ? false : undefined;
}

type Pattern = Readonly<Record<string, unknown>>;

/** Anything more that a pattern asks for narrows it, so it is not taken for a match. */
function matches(pattern: Pattern, { stack }: Resource, call: Call): boolean {
  const { source, 'detail-type': kind, detail, account, region, ...others } = pattern;
  return (
    Object.keys(others).length === 0 &&
    accepts(source, call.source) &&
    accepts(kind, 'AWS API Call via CloudTrail') &&
    accepts(account, stack.account ?? '') &&
    accepts(region, stack.region ?? '') &&
    isRecord(detail) &&
    isAbout(detail, call)
  );
}

function isAbout(detail: Pattern, { source, name, parameters }: Call): boolean {
  const { eventName, eventSource, requestParameters = {}, ...others } = detail;
  return (
    Object.keys(others).length === 0 &&
    eventName !== undefined &&
    accepts(eventName, name) &&
    accepts(eventSource, source.replace(/^aws\.(.+)$/, '$1.amazonaws.com')) &&
    isRecord(requestParameters) &&
    Object.entries(requestParameters).every(([key, wanted]) => asList(wanted).some((one) => parameters[key]?.(one)))
  );
}

/** A pattern's list of alternatives; one that is not there accepts everything. */
const accepts = (alternatives: unknown, value: string): boolean =>
  alternatives === undefined || asList(alternatives).some((alternative) => acceptsOne(alternative, value));

/** EventBridge user guide, "Comparison operators". */
export function acceptsOne(alternative: unknown, value: string): boolean {
  if (!isRecord(alternative)) return alternative === value;
  const { prefix, suffix, wildcard, exists, 'equals-ignore-case': same, 'anything-but': but } = alternative;
  if (typeof prefix === 'string') return value.startsWith(prefix);
  if (typeof suffix === 'string') return value.endsWith(suffix);
  if (typeof wildcard === 'string') return fits(wildcard, value, '');
  if (typeof same === 'string') return same.toLowerCase() === value.toLowerCase();
  if (but !== undefined) return !isRecord(but) && !(Array.isArray(but) ? but : [but]).includes(value);
  return exists === true;
}
