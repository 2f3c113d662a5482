import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { everyAt, judgeWays, leaving, type Way } from './shared/places';
import { RESIDENCY } from './shared/residency';

export const RES_14: Control = {
  id: 'RES-14',
  title: 'Private links and peerings lead only to regions of the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds:
    'Endpoints of services of the own region; no peering, and a transit gateway of the region only where a queue is bridged.',
  onTemplate: 'The service of each endpoint and the peer of each peering is in an allowed region.',
  live: 'ec2:DescribeVpcEndpoints; ec2:DescribeVpcPeeringConnections',
  check: (evidence) => [
    ...evidence.ofType('AWS::EC2::VPCEndpoint').map((endpoint) => judge(evidence, endpoint)),
    ...judgeWays(evidence, PEERINGS),
  ],
};

const PEERINGS: readonly Way[] = [
  { type: 'AWS::EC2::VPCPeeringConnection', what: 'the peer', paths: ['PeerRegion'] },
  { type: 'AWS::EC2::TransitGatewayPeeringAttachment', what: 'the peer', paths: ['PeerRegion'] },
];

function judge(evidence: Evidence, endpoint: Resource): Judgement {
  const ends = ['ServiceRegion', 'ResourceConfigurationArn', 'ServiceNetworkArn']
    .flatMap((path) => everyAt(evidence, endpoint, path))
    .flatMap((end) => leaving(evidence, 'its service', end));
  const named = everyAt(evidence, endpoint, 'ServiceName').flatMap((name) => nameFlaws(evidence, name));
  return verdict(endpoint, [...named, ...ends], 'its service is in an allowed region');
}

/** `com.amazonaws.us-east-1.kms`, `com.amazonaws.vpce.us-east-1.vpce-svc-…`, `aws.sagemaker.us-east-1.notebook`. */
function nameFlaws(evidence: Evidence, name: unknown): readonly Flaw[] {
  const region = typeof name === 'string' ? name.split('.').find((label) => IS_REGION.test(label)) : undefined;
  if (region) return leaving(evidence, 'its service', region);
  if (typeof name !== 'string' || !isKnown(name)) return [hidden('ServiceName cannot be read; write it out')];
  // An endpoint service of the own templates, named by reference.
  if (evidence.resourceOf(name)) return leaving(evidence, 'its service', name);
  return [wrong(`its service ${name} is of no region; use one of a region`)];
}

const IS_REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;
