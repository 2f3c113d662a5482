import type { Evidence } from '../evidence';
import { isAllowed } from './residency';

/** Why a host may not be reached; undefined for one that may. */
export type HostRule = (host: string) => string | undefined;

/** Hosts inside: the node itself, private addresses, names of zones of these templates, AWS in allowed regions, declared ones. */
export function hostRule(evidence: Evidence): HostRule {
  const zones = zonesOf(evidence);
  const { outsideHosts, queueHosts = [] } = evidence.scope;
  const declared = new Set([...outsideHosts, ...queueHosts].map((host) => host.toLowerCase()));
  return (given) => {
    const host = given.toLowerCase().replace(/\.$/, '');
    const isOurs = declared.has(host) || zones.some((zone) => host === zone || host.endsWith(`.${zone}`));
    if (isOurs || isNear(host)) return undefined;
    if (AWS.test(host)) return awsObjection(evidence, host);
    return 'is outside; use a name of the VPC, or declare it under outsideHosts';
  };
}

const ZONES = [
  'AWS::ServiceDiscovery::PrivateDnsNamespace',
  'AWS::ServiceDiscovery::PublicDnsNamespace',
  'AWS::Route53::HostedZone',
] as const;

const zonesOf = (evidence: Evidence): readonly string[] =>
  evidence.ofType(...ZONES).flatMap((zone) => evidence.nameOf(zone)?.toLowerCase().replace(/\.$/, '') ?? []);

/** Loopback, any address, link-local (metadata, credentials of tasks), RFC 1918, RFC 4193, `.internal` and no dot at all. */
const isNear = (host: string): boolean =>
  /^(?:localhost|0\.0\.0\.0|\[?::1?\]?|\[?f[cd][\da-f]{2}:[\da-f:]*\]?)$/.test(host) ||
  /^(?:127|10|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) ||
  /^[a-z][a-z0-9-]*$/.test(host) ||
  host.endsWith('.internal');

const AWS = /(?:^|\.)(?:amazonaws\.(?:com(?:\.cn)?|eu)|api\.aws|on\.aws)$/;

/** `kms.us-east-1.amazonaws.com`, `s3-us-west-2.amazonaws.com`; the endpoints without region are those of us-east-1. */
function awsObjection(evidence: Evidence, host: string): string | undefined {
  const region = /(?<![a-z0-9])[a-z]{2,4}(?:-[a-z]+){1,4}-\d+(?![a-z0-9])/.exec(host)?.[0];
  if (isAllowed(evidence, region ?? 'us-east-1')) return undefined;
  return region
    ? `is an endpoint of ${region}; use one of an allowed region`
    : 'is an endpoint of no region; use one of an allowed region';
}
