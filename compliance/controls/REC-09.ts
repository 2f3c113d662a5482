import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { bucketStatements, covers, isAllow, isDeny, roleStatements } from './policy';
import { exemptOf, isRoleHidden, mayOnObjects, touches } from './shared/denials';
import { bucketsToLock } from './shared/records';
import { copiesIn } from './shared/replication';

function judge(evidence: Evidence, bucket: Resource, holders: readonly Resource[]): Judgement {
  const named = holders.filter((role) => mayHold(evidence, role, bucket));
  const apart = named.filter((role) => !mayOnObjects(evidence, role, 's3:PutObject', bucket));
  const free = apart.find((role) => !isDenied(evidence, role, bucket));
  if (free) return met(bucket, `${free.logicalId} may put its objects under legal hold`);
  if (apart.length > 0)
    return unmet(bucket, `its policy denies s3:PutObjectLegalHold to ${namesOf(apart)}; exempt that role`);
  if (named.length > 0)
    return unmet(bucket, `${namesOf(named)} may both write and hold; give the hold to a role of its own`);
  if (holders.some((role) => isRoleHidden(evidence, role)))
    return unclear(bucket, 'what its holders may hold cannot be read; write the resources of their policies out');
  return unmet(
    bucket,
    `no role may put its objects under legal hold; allow ${HOLD} by name to a role that does not write`,
  );
}

const HOLD = 's3:PutObjectLegalHold';

const namesOf = (roles: readonly Resource[]): string => roles.map(({ logicalId }) => logicalId).join(', ');

/** A wildcard grants the hold by accident, and its removal too. */
const mayHold = (evidence: Evidence, role: Resource, bucket: Resource): boolean =>
  roleStatements(evidence, role).some(
    (statement) => isAllow(statement) && namesHold(statement.actions) && touches(evidence, statement, bucket),
  );

const namesHold = (actions: readonly string[]): boolean =>
  actions.some((action) => action.toLowerCase() === HOLD.toLowerCase());

const isDenied = (evidence: Evidence, role: Resource, bucket: Resource): boolean =>
  bucketStatements(evidence, bucket)
    .filter((statement) => isDeny(statement) && covers(statement, HOLD) && isAboutPrincipals(statement.conditions))
    .some((statement) => !exemptOf(statement).some((exempt) => evidence.denotes(exempt, role)));

/** Other denials, such as those of plain HTTP, leave a way. */
const isAboutPrincipals = (conditions: readonly { readonly key: string }[]): boolean =>
  conditions.every(({ key }) => key.toLowerCase() === 'aws:principalarn');

export const REC_09: Control = {
  id: 'REC-09',
  title: 'A role that does not write records can put them under legal hold.',
  citations: [{ authority: 'finra', text: '17 CFR 240.17a-4(f)' }],
  severity: 'warning',
  sources: ['A2'],
  checkedOn: '2026-11-22',
  builds: 'A records officer role that holds, extends and exports, exempt from the denial of holds.',
  onTemplate:
    'Some role of these templates is allowed s3:PutObjectLegalHold by name on the bucket’s objects, may not write them, and is not denied it by the bucket’s policy.',
  live: 'iam:GetRole; iam:SimulatePrincipalPolicy of s3:PutObjectLegalHold',
  check: (evidence) => {
    // S3 copies holds with the objects they are on.
    const copies = copiesIn(evidence);
    const holders = evidence
      .ofType('AWS::IAM::Role')
      .filter((role) => roleStatements(evidence, role).some(({ actions }) => namesHold(actions)));
    return bucketsToLock(evidence)
      .filter(({ bucket }) => !copies.has(bucket))
      .map(({ bucket }) => judge(evidence, bucket, holders));
  },
};
