import { isKnown, tokenOf, UNKNOWN } from '../../templates/evaluate';
import { isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { isTrue } from './records';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const CLASSIC_LOAD_BALANCER = 'AWS::ElasticLoadBalancing::LoadBalancer';

/** The bucket that takes a resource's access logs, as a name or token: undefined where nothing is logged. */
export function accessLogBucket(evidence: Evidence, source: Resource): unknown {
  if (source.type === LOAD_BALANCER) return ofLoadBalancer(evidence, source);
  return source.type === CLASSIC_LOAD_BALANCER ? ofClassicLoadBalancer(evidence, source) : ofBucket(evidence, source);
}

/** Buckets of these templates that some access log goes to. */
export function accessLogBuckets(evidence: Evidence): ReadonlySet<Resource> {
  const sources = evidence.ofType('AWS::S3::Bucket', LOAD_BALANCER, CLASSIC_LOAD_BALANCER);
  const names = new Set(sources.map((source) => accessLogBucket(evidence, source)));
  return new Set([...names].flatMap((name) => evidence.resourceOf(name, 'AWS::S3::Bucket') ?? []));
}

/** Without a destination CloudFormation has a bucket log into itself. */
function ofBucket(evidence: Evidence, bucket: Resource): unknown {
  const logging = evidence.at(bucket, 'LoggingConfiguration');
  if (!isRecord(logging)) return logging === undefined ? undefined : UNKNOWN;
  return logging['DestinationBucketName'] ?? tokenOf(bucket, 'Ref');
}

function ofLoadBalancer(evidence: Evidence, balancer: Resource): unknown {
  const attributes = evidence.list(balancer, 'LoadBalancerAttributes');
  const value = (key: string) => attributes.find((attribute) => attribute['Key'] === key)?.['Value'];
  const enabled = value('access_logs.s3.enabled');
  if (isTrue(enabled)) return value('access_logs.s3.bucket');
  const all = evidence.at(balancer, 'LoadBalancerAttributes');
  return isKnown(enabled) && (enabled !== undefined || isKnown(all)) ? undefined : UNKNOWN;
}

function ofClassicLoadBalancer(evidence: Evidence, balancer: Resource): unknown {
  const enabled = evidence.at(balancer, 'AccessLoggingPolicy.Enabled');
  if (isTrue(enabled)) return evidence.at(balancer, 'AccessLoggingPolicy.S3BucketName');
  return isKnown(enabled) ? undefined : UNKNOWN;
}
