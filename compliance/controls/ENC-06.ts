import type { Resource } from '../templates/template-set';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import {
  bucketStatements,
  covers,
  isBucketPolicyKnown,
  isDeny,
  isForAll,
  isPlain,
  type Condition,
  type Statement,
} from './policy';
import { hidden, verdict, wrong } from './shared/flaws';
import { numberIn } from './shared/records';

export const ENC_06: Control = {
  id: 'ENC-06',
  title: 'Buckets are reached over TLS 1.2 or later only.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(e)(1)' },
    { authority: 'soc2', text: 'TSC 2017 CC6.7' },
  ],
  severity: 'error',
  sources: ['nag'],
  checkedOn: '2026-11-22',
  builds: 'Bucket policies that deny every request without TLS and every one below TLS 1.2.',
  onTemplate:
    'The bucket policy denies s3:* to everybody on the bucket and its objects, once where aws:SecureTransport is false and once where s3:TlsVersion is below 1.2.',
  live: 's3:GetBucketPolicy',
  check: (evidence) => evidence.ofType('AWS::S3::Bucket').map((bucket) => judge(evidence, bucket)),
};

const REFUSALS: Readonly<Record<string, (condition: Condition) => boolean>> = {
  'requests without TLS (aws:SecureTransport false)': isWithoutTls,
  'TLS below 1.2 (s3:TlsVersion)': isBelow12,
};

function judge(evidence: Evidence, bucket: Resource): Judgement {
  const denials = bucketStatements(evidence, bucket).filter(
    (statement) => isTotalDenial(statement) && isOnAll(evidence, statement, bucket),
  );
  const open = Object.entries(REFUSALS).filter(
    ([, refuses]) => !denials.some(({ conditions: [only, ...others] }) => only && others.length === 0 && refuses(only)),
  );
  const flaw = isBucketPolicyKnown(evidence, bucket)
    ? (what: string) => wrong(`its policy does not deny everybody ${what}; add the denial`)
    : (what: string) => hidden(`whether its policy denies ${what} cannot be read; write the policy out`);
  return verdict(
    bucket,
    open.map(([what]) => flaw(what)),
    'it is reached over TLS 1.2 or later only',
  );
}

/** Of everything S3 can be asked: `s3:` alone is matched by `*` and `s3:*` only. */
const isTotalDenial = (statement: Statement): boolean =>
  isDeny(statement) &&
  isPlain(statement) &&
  isForAll(statement) &&
  statement.notActions.length === 0 &&
  covers(statement, 's3:');

/** The bucket itself and every object in it. */
const isOnAll = (evidence: Evidence, { resources }: Statement, bucket: Resource): boolean =>
  ['', '/*'].every((suffix) => resources.some((resource) => isOn(evidence, resource, { bucket, suffix })));

const isOn = (
  evidence: Evidence,
  resource: string,
  { bucket, suffix }: { readonly bucket: Resource; readonly suffix: string },
): boolean =>
  /^(?:\*|arn:[^:]+:s3:::\*)$/.test(resource) ||
  [suffix, '*'].some(
    (end) => resource.endsWith(end) && evidence.denotes(resource.slice(0, resource.length - end.length), bucket),
  );

function isWithoutTls({ operator, key, values }: Condition): boolean {
  return /^Bool(?:IfExists)?$/i.test(operator) && is(key, 'aws:SecureTransport') && is(values.join(), 'false');
}

/** Below 1.2, or at most 1.1. */
function isBelow12({ operator, key, values }: Condition): boolean {
  const least = [/^NumericLessThan(?:IfExists)?$/i, /^NumericLessThanEquals(?:IfExists)?$/i].findIndex((one) =>
    one.test(operator),
  );
  return least >= 0 && is(key, 's3:TlsVersion') && values.some((value) => numberIn(value) >= (least === 0 ? 1.2 : 1.1));
}

const is = (text: string, wanted: string): boolean => text.toLowerCase() === wanted.toLowerCase();
