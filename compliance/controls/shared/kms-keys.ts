import { isKnown } from '../../templates/evaluate';
import type { Resource } from '../../templates/template-set';
import { tokenStart } from '../../templates/tokens';
import type { Evidence } from '../evidence';

/**
 * The key of these templates that a value stands for: a reference, or an ARN or alias, of a key or of an alias of one. A bare
 * alias is looked up in the region of the resource that names it.
 */
export function kmsKeyOf(evidence: Evidence, value: unknown, { stack }: Resource): Resource | undefined {
  if (typeof value !== 'string' || !isKnown(value)) return undefined;
  const [, region = stack.region, id = ''] = NAME.exec(value) ?? [];
  return keyWith(evidence, id) ?? keyWith(evidence, NAME.exec(targetOf(evidence, id, region))?.[2] ?? '');
}

/** Region and what follows it, of an ARN or of anything shorter. */
const NAME = /^(?:arn:[^:]+:kms:([^:]*):[^:]*:)?(?:key\/)?(.*)$/s;

const keyWith = (evidence: Evidence, id: string): Resource | undefined =>
  evidence.ofType('AWS::KMS::Key', 'AWS::KMS::ReplicaKey').find((key) => refersTo(id, key));

function targetOf(evidence: Evidence, id: string, region: string | undefined): string {
  const alias = evidence
    .ofType('AWS::KMS::Alias')
    .find((one) => refersTo(id, one) || (one.stack.region === region && evidence.at(one, 'AliasName') === id));
  return alias ? String(evidence.at(alias, 'TargetKeyId')) : '';
}

const refersTo = (id: string, resource: Resource): boolean => id.startsWith(tokenStart(resource));
