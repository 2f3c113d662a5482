import { isKnown, UNKNOWN } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { met, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { attested } from './shared/attested';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { launchedTier } from './shared/launchers';
import { encryptsInTransit, isAccelerated } from './shared/nitro-encryption';

/** Attestation `ENC-08` or `internal-mtls`: hops are encrypted above the network, by mutual TLS or WireGuard. */
export const ENC_08: Control = {
  id: 'ENC-08',
  title: 'What nodes of a call send each other is encrypted on the wire.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.7' }],
  severity: 'error',
  sources: ['E1'],
  checkedOn: '2026-11-26',
  builds: 'Edge, media and inference nodes of families that encrypt between instances.',
  onTemplate:
    'Every instance type of edge, media and inference nodes, overrides among them, is of a family that EC2 encrypts between instances.',
  live: 'ec2:DescribeInstanceTypes, NetworkInfo.EncryptionInTransitSupported',
  check(evidence) {
    const statement = {
      ids: ['ENC-08', 'internal-mtls'],
      what: 'hops are encrypted by mutual TLS or WireGuard',
    } as const;
    const isAttested = attested(evidence, statement).answer === 'met';
    return Object.keys(TYPES_IN).flatMap((type) =>
      evidence.ofType(type).flatMap((resource) => judge(evidence, resource, isAttested)),
    );
  },
};

const CALL_TIERS: ReadonlySet<unknown> = new Set(['edge', 'media', 'stt', 'llm', 'tts', UNKNOWN]);

/** Where a type of resource names instance types. */
const TYPES_IN: Readonly<Record<string, (properties: Readonly<Record<string, unknown>>) => readonly unknown[]>> = {
  'AWS::EC2::LaunchTemplate': ({ LaunchTemplateData: data }) =>
    isRecord(data) ? [data['InstanceType'], byAttributes(data)] : [data],
  'AWS::EC2::Instance': ({ InstanceType: type }) => [type],
  'AWS::AutoScaling::LaunchConfiguration': ({ InstanceType: type }) => [type],
  'AWS::AutoScaling::AutoScalingGroup': ({ MixedInstancesPolicy: policy }) => overridesOf(policy),
  'AWS::EKS::Nodegroup': ({ InstanceTypes: types }) => asList(types),
};

/** EC2 picks any type that fits. */
const byAttributes = (data: Readonly<Record<string, unknown>>): unknown => data['InstanceRequirements'] && UNKNOWN;

function overridesOf(policy: unknown): readonly unknown[] {
  const template = isRecord(policy) ? policy['LaunchTemplate'] : policy;
  const overrides = isRecord(template) ? template['Overrides'] : template;
  if (overrides === UNKNOWN) return [UNKNOWN];
  return asList(overrides).flatMap((one) => (isRecord(one) ? [one['InstanceType'], byAttributes(one)] : [UNKNOWN]));
}

function judge(evidence: Evidence, resource: Resource, isAttested: boolean): Judgement[] {
  const named = TYPES_IN[resource.type]?.(evidence.properties(resource)) ?? [];
  const types = named.filter((type) => type !== undefined).map((type) => (typeof type === 'string' ? type : UNKNOWN));
  const isOfCalls = CALL_TIERS.has(launchedTier(evidence, resource)) || types.some(isAccelerated);
  if (!isOfCalls || types.length === 0) return [];
  if (isAttested) return [met(resource, 'its hops are encrypted above the network, as attested')];
  const flaws = types.filter((type) => !encryptsInTransit(type)).map(flawOf);
  return [verdict(resource, flaws, `${types.join(', ')}: EC2 encrypts between such instances`)];
}

const flawOf = (type: string): Flaw =>
  isKnown(type)
    ? wrong(`EC2 does not encrypt between instances of ${type}; take a family such as c7i, m7i or g6, or attest ENC-08`)
    : hidden('its instance types cannot be read; write them out');
