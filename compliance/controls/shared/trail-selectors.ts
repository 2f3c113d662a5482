import { isKnown } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { perResource } from './memo';

/** Kinds of access to a bucket's objects that a trail records. */
export interface Recorded {
  readonly reads: boolean;
  readonly writes: boolean;
}

/** What a trail records of all objects of a bucket; undefined where its selectors cannot be read and might say more. */
export function recordedOf(evidence: Evidence, trail: Resource, bucket: Resource): Recorded | undefined {
  const { basic, advanced, areAllKnown } = selectorsOf(evidence, trail);
  const found = [
    ...basic.map((selector) => ofBasic(evidence, selector, bucket)),
    ...advanced.map((selector) => ofAdvanced(evidence, selector, bucket)),
  ];
  const recorded = { reads: found.some(({ reads }) => reads), writes: found.some(({ writes }) => writes) };
  return (recorded.reads && recorded.writes) || areAllKnown ? recorded : undefined;
}

/** Selectors of a trail that can be read, and whether those are all. */
const selectorsOf = perResource((evidence, trail) => {
  const readable = (kind: string): readonly Selector[] => evidence.list(trail, kind).filter((one) => isKnown(one));
  return {
    basic: readable('EventSelectors'),
    advanced: readable('AdvancedEventSelectors'),
    areAllKnown: isKnown([evidence.at(trail, 'EventSelectors'), evidence.at(trail, 'AdvancedEventSelectors')]),
  };
});

type Selector = Readonly<Record<string, unknown>>;

const NOTHING: Recorded = { reads: false, writes: false };

function ofBasic(evidence: Evidence, selector: Selector, bucket: Resource): Recorded {
  const { ReadWriteType: kind = 'All', DataResources: resources } = selector;
  const isAbout = asList(resources).some(
    (one) =>
      isRecord(one) &&
      one['Type'] === 'AWS::S3::Object' &&
      asList(one['Values']).some((value) => isPrefix(evidence, value, bucket)),
  );
  return isAbout ? { reads: kind !== 'WriteOnly', writes: kind !== 'ReadOnly' } : NOTHING;
}

/** All fields of a selector must hold; one that is not understood here narrows it. */
function ofAdvanced(evidence: Evidence, selector: Selector, bucket: Resource): Recorded {
  const fields = asList(selector['FieldSelectors']).filter(isRecord);
  const value = (name: string) => fields.find(({ Field: field }) => field === name);
  const isData = holds(value('eventCategory'), 'Data') && holds(value('resources.type'), 'AWS::S3::Object');
  const isWide = fields.every((field) => isUnderstood(evidence, field, bucket));
  if (!isData || !isWide) return NOTHING;
  const readOnly = value('readOnly');
  return {
    reads: readOnly === undefined || holds(readOnly, 'true'),
    writes: readOnly === undefined || holds(readOnly, 'false'),
  };
}

const holds = (field: Selector | undefined, wanted: string): boolean =>
  asList(field?.['Equals']).some((value) => String(value) === wanted);

function isUnderstood(evidence: Evidence, field: Selector, bucket: Resource): boolean {
  const { Field: name } = field;
  if (name === 'eventCategory' || name === 'resources.type' || name === 'readOnly') return true;
  if (name !== 'resources.ARN') return false;
  return Object.keys(field).every((operator) => {
    if (operator === 'Field') return true;
    const values = field[operator];
    const hits = asList(values).some((value) => isPrefix(evidence, value, bucket));
    return operator === 'StartsWith'
      ? hits
      : operator === 'NotStartsWith' && !hits && !asList(values).some((value) => isWithin(evidence, value, bucket));
  });
}

/** Whether the ARN of every object of a bucket begins with a text. */
function isPrefix(evidence: Evidence, text: unknown, bucket: Resource): boolean {
  if (typeof text !== 'string') return false;
  const [start, name] = split(text);
  if (name === undefined) return 'arn:aws:s3:::'.startsWith(start) && start.startsWith('arn:aws:s3');
  if (isBucket(evidence, name.replace(/\/$/, ''), bucket)) return true;
  return `${evidence.nameOf(bucket) ?? ''}/`.startsWith(name);
}

/** Whether a text is the beginning of the ARN of some objects of a bucket. */
const isWithin = (evidence: Evidence, text: unknown, bucket: Resource): boolean =>
  isBucket(evidence, HEAD.exec(split(String(text))[1] ?? '')?.[0] ?? '', bucket);

/** A token, in which a slash may stand, or all before the first slash. */
const HEAD = /^(?:\u{FFFC}[^\u{FFFC}]*\u{FFFC}|[^/\u{FFFC}]*)/u;

/** The fixed part of a bucket's ARN, in any partition, and what follows it; a token of an ARN is all of it. */
function split(text: string): readonly [string, string | undefined] {
  const start = /^arn:aws[a-z-]*:s3:::(?=.)/.exec(text)?.[0] ?? '';
  if (start !== '' || text.startsWith('\u{FFFC}')) return ['arn:aws:s3:::', text.slice(start.length)];
  return [text.replace(/^arn:aws[a-z-]*/, 'arn:aws'), undefined];
}

const isBucket = (evidence: Evidence, name: string, bucket: Resource): boolean =>
  name === evidence.nameOf(bucket) || (name.startsWith('\u{FFFC}') && evidence.denotes(name, bucket));
