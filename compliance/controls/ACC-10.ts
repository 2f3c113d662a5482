import { isRecord, type Resource } from '../templates/template-set';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { statementsIn } from './policy';
import { hidden, verdict } from './shared/flaws';
import { outsiderFlaws, type House } from './shared/outsiders';
import { isWritten } from './shared/role-policies';

/** Whoever may decrypt, read or publish from outside is under nobody's policies here. */
export const ACC_10: Control = {
  id: 'ACC-10',
  title: 'Policies of buckets, keys, topics, queues, secrets and repositories let in nobody of another account.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(a)(1)' },
    { authority: 'soc2', text: 'TSC 2017 CC6.1; CC6.3' },
    { authority: 'house', text: 'an account is the border of a deployment' },
  ],
  severity: 'error',
  sources: ['A8', 'GK'],
  checkedOn: '2026-11-26',
  builds: 'Policies that name principals and services of the account, or compare its number or a role of it.',
  onTemplate:
    'Each statement that allows names principals of the account or services of AWS, or compares account, organization, role or source with its own.',
  live: 's3:GetBucketPolicy; kms:GetKeyPolicy; sns:GetTopicAttributes',
  check: (evidence) => {
    const accounts = new Set(evidence.set.stacks.flatMap(({ account }) => account ?? []));
    return Object.entries(DOCUMENTS).flatMap(([type, property]) =>
      evidence
        .ofType(type)
        .filter((resource) => evidence.at(resource, property) !== undefined)
        .map((resource) => judge(evidence, { resource, property }, accounts)),
    );
  },
};

const DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy',
  'AWS::ECR::Repository': 'RepositoryPolicyText',
};

interface Policy {
  readonly resource: Resource;
  readonly property: string;
}

function judge(evidence: Evidence, policy: Policy, accounts: House['accounts']): Judgement {
  const { resource, property } = policy;
  const document = evidence.at(resource, property);
  const house: House = { accounts, isNameless: accounts.size === 0 && isOfOwnAccount(policy) };
  const flaws = outsiderFlaws(statementsIn(document), house);
  const unread =
    isRecord(document) && isWritten(document) ? [] : [hidden(`its policy cannot be read; write ${property} out`)];
  return verdict(resource, [...flaws, ...unread], 'its policy lets in nobody of another account');
}

/** A stack that may be deployed to any account names its own by `AWS::AccountId`; a parameter may be anybody's. */
function isOfOwnAccount({ resource, property }: Policy): boolean {
  const written = JSON.stringify(resource.properties[property]) ?? '';
  const names = [...written.matchAll(/"Ref":"([^"]+)"|\$\{([^}!]+)\}/g)].map(([, ref, inText]) => ref ?? inText ?? '');
  const { Parameters: parameters = {} } = resource.stack.body;
  return !OTHERS.test(written) && !names.some((name) => Object.hasOwn(parameters, name));
}

const OTHERS = /"Fn::(?!Sub|Join|GetAtt)/;
