import { tokenOf, UNKNOWN } from '../../templates/evaluate';
import type { Resource } from '../../templates/template-set';
import { MARK, tokenStart } from '../../templates/tokens';
import type { Evidence } from '../evidence';
import { isAllow, isDeny, type Statement } from '../policy';
import { fits } from '../wildcard';

/** A resource as policies name it. */
export interface Target {
  readonly resource: Resource;
  /** Of the bucket or the key. */
  readonly arn: string;
  /** Whether the things meant are the objects within. */
  readonly holdsObjects: boolean;
}

export const objectsOf = (evidence: Evidence, bucket: Resource): Target => ({
  resource: bucket,
  arn: `arn:aws:s3:::${nameFor(evidence, bucket)}`,
  holdsObjects: true,
});

export const keyTarget = (evidence: Evidence, key: Resource): Target => ({
  resource: key,
  arn: `arn:aws:kms:${key.stack.region}:${key.stack.account}:key/${nameFor(evidence, key)}`,
  holdsObjects: false,
});

const nameFor = (evidence: Evidence, resource: Resource): string =>
  evidence.nameOf(resource) ?? `of-${resource.logicalId.toLowerCase()}`;

/** Whether a statement is about some of the target. */
export const touches = ({ resources, notResources }: Statement, target: Target): boolean =>
  resources.some((pattern) => aimsAt(pattern, target)) ||
  (notResources.length > 0 && !notResources.some((pattern) => isAllOf(pattern, target)));

/** Whether it denies whatever it is about on all of the target, whoever asks and however. */
export const isFlatDenial = (statement: Statement, target: Target): boolean =>
  isDeny(statement) &&
  statement.conditions.length === 0 &&
  statement.resources.some((pattern) => isAllOf(pattern, target));

/** An allowance with whatever cannot be read taken for everything. */
export const loosened = (statement: Statement): Statement =>
  isAllow(statement)
    ? { ...statement, actions: opened(statement.actions), resources: opened(statement.resources) }
    : statement;

const opened = (texts: readonly string[]): readonly string[] => texts.map((text) => text.replaceAll(UNKNOWN, '*'));

function aimsAt(pattern: string, target: Target): boolean {
  // What begins with a reference to something else is no ARN of the target, and most are.
  if (pattern.startsWith(MARK) && !pattern.startsWith(tokenStart(target.resource))) return false;
  const text = spelled(pattern, target);
  if (!target.holdsObjects) return fits(text, target.arn);
  const [bucket = '', ...rest] = text.split('/');
  return fits(bucket, target.arn) && (rest.length > 0 || bucket.endsWith('*'));
}

const isAllOf = (pattern: string, target: Target): boolean =>
  fits(spelled(pattern, target), target.holdsObjects ? `${target.arn}/\u{1}` : target.arn);

/** With the references to the target spelled out, and any partition as `aws`. */
function spelled(pattern: string, { resource, arn }: Target): string {
  if (pattern.startsWith('arn:aws:') && !pattern.includes(MARK)) return pattern;
  return pattern
    .replaceAll(tokenOf(resource, 'Arn'), arn)
    .replaceAll(tokenOf(resource, 'Ref'), arn.split(/[:/]/).at(-1) ?? '')
    .replace(/^arn:[^:]*:/, 'arn:aws:');
}
