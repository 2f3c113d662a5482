import type { Resource } from '../templates/template-set';
import { overall, wholeText, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { bedrockUsers } from './shared/bedrock-use';
import { acceptsOne, reports, type Call } from './shared/event-rules';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { kmsKeyOf } from './shared/kms-keys';

/** Rules are regional: a copy in another region needs rules there. `PutObjectRetention` is a data event, which AUD-01 is about. */
export const AUD_07: Control = {
  id: 'AUD-07',
  title: 'Somebody is told when the lock, policy or key of records is changed.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.308(a)(6)' },
    { authority: 'soc2', text: 'TSC 2017 CC7.3' },
  ],
  severity: 'error',
  sources: ['A1'],
  checkedOn: '2026-11-22',
  builds:
    'EventBridge rules that send changes to locks, policies, retention and keys to the alarm topic; where the copies lie in a region that the deployment does not run in, rules and a topic there.',
  onTemplate:
    'For each vault, enabled rules of its region with a target match PutBucketObjectLockConfiguration, PutBucketPolicy, PutObjectRetention and ScheduleKeyDeletion, and PutAccountDataRetention where Bedrock is used.',
  live: 'events:ListRules; events:ListTargetsByRule',
  check: (evidence) => [...evidence.vaults.map((vault) => judge(evidence, vault)), ...judgeBedrock(evidence)],
};

const BUCKET_CALLS = ['PutBucketObjectLockConfiguration', 'PutBucketPolicy', 'PutObjectRetention'] as const;

function judge(evidence: Evidence, vault: Resource): Judgement {
  const { region } = vault.stack;
  const rules = evidence.ofType('AWS::Events::Rule');
  const near = rules.filter(({ stack }) => stack.region === region);
  if (rules.length > 0 && near.length === 0)
    return verdict(
      vault,
      [hidden(`no rule here is of ${String(region)}, where it lies; show those that report its changes`)],
      '',
    );
  const flaws = callsOn(evidence, vault).flatMap((call) => flawsOf(evidence, near, call));
  return verdict(vault, flaws, 'changes to its lock, policy and key are reported');
}

function flawsOf(evidence: Evidence, rules: readonly Resource[], call: Call): Flaw[] {
  const answers = new Set(rules.map((rule) => reports(evidence, rule, call)));
  if (answers.has(true)) return [];
  if (answers.has(undefined)) return [hidden(`a rule that may report ${call.name} cannot be read; write it out`)];
  return [wrong(`no rule reports ${call.name}; add one with a target`)];
}

const BY_DEFAULT = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID';

function callsOn(evidence: Evidence, vault: Resource): Call[] {
  const key = kmsKeyOf(evidence, evidence.at(vault, BY_DEFAULT), vault);
  const name = evidence.nameOf(vault);
  const isVault = (one: unknown) =>
    typeof one === 'string' ? evidence.denotes(one, vault) : name !== undefined && acceptsOne(one, name);
  const isKey = (one: unknown) => typeof one === 'string' && key !== undefined && evidence.denotes(one, key);
  return [
    ...BUCKET_CALLS.map((call) => ({ source: 'aws.s3', name: call, parameters: { bucketName: isVault } })),
    { source: 'aws.kms', name: 'ScheduleKeyDeletion', parameters: { keyId: isKey } },
  ];
}

function judgeBedrock(evidence: Evidence): Judgement[] {
  const call = { source: 'aws.bedrock', name: 'PutAccountDataRetention', parameters: {} };
  const regions = new Set(bedrockUsers(evidence).map(({ stack }) => stack.region));
  return [...regions].map((region) => {
    const near = evidence.ofType('AWS::Events::Rule').filter(({ stack }) => stack.region === region);
    const [flaw] = flawsOf(evidence, near, call);
    const where = region ?? 'an unknown region';
    if (!flaw) return overall('met', `changes to Bedrock’s data retention in ${where} are reported`);
    return overall(flaw.answer, `in ${where} ${wholeText(flaw)}`);
  });
}
