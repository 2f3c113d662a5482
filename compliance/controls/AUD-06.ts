import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { accessLogBucket, CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from './shared/access-logs';
import { isTrue } from './shared/records';

/** Amazon S3 refuses to deliver access logs to a bucket with Object Lock, and to one encrypted with a KMS key. */
export const AUD_06: Control = {
  id: 'AUD-06',
  title: 'Requests to records and load balancers are logged, into a bucket that can take such logs.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.6' }],
  severity: 'error',
  sources: ['A1'],
  checkedOn: '2026-11-26',
  builds:
    'Vault and weights buckets log into a log bucket of their region, which is guarded by policy instead of a lock.',
  onTemplate:
    'Buckets of records and load balancers name a bucket for access logs, which has neither Object Lock nor a KMS key.',
  live: 's3:GetBucketLogging; s3:GetBucketObjectLockConfiguration of the destination',
  check: (evidence) =>
    evidence
      .ofType('AWS::S3::Bucket', LOAD_BALANCER, CLASSIC_LOAD_BALANCER)
      .flatMap((source) => judge(evidence, source)),
};

function judge(evidence: Evidence, source: Resource): Judgement[] {
  const named = accessLogBucket(evidence, source);
  if (named === undefined)
    return mustLog(evidence, source)
      ? [unmet(source, 'requests to it are not logged; name a bucket for its access logs')]
      : [];
  const destination = evidence.resourceOf(named, 'AWS::S3::Bucket');
  if (!destination)
    return [unclear(source, 'the bucket of its access logs is not in these templates; show that it has no lock')];
  return [judgeDestination(evidence, source, destination)];
}

/** Gateway load balancers have no access logs. */
function mustLog(evidence: Evidence, source: Resource): boolean {
  if (source.type === LOAD_BALANCER) return evidence.at(source, 'Type') !== 'gateway';
  const dataClass = evidence.dataClassOf(source);
  return source.type === CLASSIC_LOAD_BALANCER || (dataClass !== undefined && dataClass !== 'log');
}

const ALGORITHM = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';

function judgeDestination(evidence: Evidence, source: Resource, destination: Resource): Judgement {
  const name = destination.logicalId;
  const locked = evidence.at(destination, 'ObjectLockEnabled');
  const algorithm = evidence.at(destination, ALGORITHM) ?? 'AES256';
  if (isTrue(locked))
    return unmet(source, `its access logs go to ${name}, whose Object Lock refuses them; name a bucket without`);
  if (isKnown(algorithm) && algorithm !== 'AES256')
    return unmet(source, `its access logs go to ${name}, which a KMS key closes to them; encrypt ${name} with AES256`);
  if (!isKnown([locked, algorithm]))
    return unclear(source, `whether ${name} takes access logs cannot be read; write its lock and encryption out`);
  return met(source, `its access logs go to ${name}`);
}
