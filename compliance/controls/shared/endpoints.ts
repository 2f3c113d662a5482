import { isKnown } from '../../templates/evaluate';
import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';

export interface Endpoint {
  readonly resource: Resource;
  /** `ecr.api` of `com.amazonaws.us-east-1.ecr.api`; undefined where it cannot be known or is nobody's at AWS. */
  readonly service: string | undefined;
  readonly kind: 'gateway' | 'interface' | 'other' | 'hidden';
}

/** Endpoints of AWS services; those of partners and of load balancers are no way to an AWS API. */
export const endpointsOf = (evidence: Evidence): readonly Endpoint[] =>
  evidence
    .ofType('AWS::EC2::VPCEndpoint')
    .map((resource) => ({ resource, service: serviceOf(evidence, resource), kind: kindOf(evidence, resource) }))
    .filter(({ kind, resource }) => kind !== 'other' && !isOfPartner(evidence.at(resource, 'ServiceName')));

const isOfPartner = (name: unknown): boolean => typeof name === 'string' && /\.vpce-svc-|\.vpce\./.test(name);

const SERVICE = /\bamazonaws\.[^.]+\.(.+)$/s;

/** The FIPS endpoint of a service is one of the same service. */
function serviceOf(evidence: Evidence, endpoint: Resource): string | undefined {
  const name = evidence.at(endpoint, 'ServiceName');
  const service = typeof name === 'string' ? SERVICE.exec(name)?.[1] : undefined;
  return service !== undefined && isKnown(service) ? service.replace(/-fips$/, '') : undefined;
}

const KINDS: Readonly<Record<string, Endpoint['kind']>> = { Gateway: 'gateway', Interface: 'interface' };

/** Gateway is what CloudFormation takes where nothing is said. */
function kindOf(evidence: Evidence, endpoint: Resource): Endpoint['kind'] {
  const type = evidence.at(endpoint, 'VpcEndpointType') ?? 'Gateway';
  if (!isKnown(type)) return 'hidden';
  return (typeof type === 'string' && KINDS[type]) || 'other';
}
