import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { met, unclear, unmet, wholeText, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { instanceTypesOf, launchDataOf, nodesOf, publicSubnets, subnetsOf } from './shared/nodes';
import { isTrue } from './shared/records';
import { TIER_TAG, tagValue } from './shared/tags';

export const INF_01: Control = {
  id: 'INF-01',
  title: 'GPU nodes have no public address and stand in private subnets.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 CC6.1' },
    { authority: 'hipaa', text: '45 CFR 164.312(a)' },
  ],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'Launch templates without public address; inference subnets without a route to the internet.',
  onTemplate:
    'Groups and instances of the tiers stt, llm and tts, or of a GPU type, take no public address by template or subnet, and their subnets have no route to an internet gateway.',
  live: 'ec2:DescribeInstances',
  check: (evidence) => {
    const exposed = publicSubnets(evidence);
    return nodesOf(evidence).flatMap((node) => judge(evidence, node, exposed));
  },
};

function judge(evidence: Evidence, node: Resource, exposed: ReadonlySet<Resource>): Judgement[] {
  const kind = kindOf(evidence, node);
  if (kind === 'other') return [];
  const judgement = placeOf(evidence, node, exposed);
  if (kind === 'gpu') return [judgement];
  return judgement.answer === 'met' ? [] : [unclear(node, `if it is a GPU node: ${wholeText(judgement)}`)];
}

/** By its tier, else by the hardware it asks for. */
function kindOf(evidence: Evidence, node: Resource): 'gpu' | 'perhaps' | 'other' {
  const tier = tagValue(evidence, node, TIER_TAG);
  if (['stt', 'llm', 'tts'].some((name) => name === tier)) return 'gpu';
  const types = instanceTypesOf(evidence, node);
  if (types.some((type) => typeof type === 'string' && ACCELERATED.test(type))) return 'gpu';
  return types.length > 0 && isKnown([tier, types]) ? 'other' : 'perhaps';
}

/** EC2 families with GPUs or AI accelerators: g4dn, g6e, gr6, p5, inf2, trn2, dl2q, vt1. */
const ACCELERATED = /^(?:g|gr|p|inf|trn|dl|vt)\d/;

function placeOf(evidence: Evidence, node: Resource, exposed: ReadonlySet<Resource>): Judgement {
  const subnets = subnetsOf(evidence, node);
  const addresses = launchDataOf(evidence, node).flatMap((data) => (data ? addressesOf(data) : [undefined]));
  const given = addresses.length > 0 ? addresses : subnets.map((subnet) => givenBy(evidence, subnet));
  if (given.some(isTrue)) return unmet(node, 'it takes a public address; set AssociatePublicIpAddress to false');
  if (subnets.some((subnet) => subnet && exposed.has(subnet)))
    return unmet(node, 'its subnet routes to an internet gateway; move it to a private one');
  return given.includes(undefined) || !isKnown(given) || subnets.includes(undefined)
    ? unclear(node, 'its addresses cannot be read; write AssociatePublicIpAddress and its subnets out')
    : met(node, 'it has no public address, in private subnets');
}

/** Empty where the subnet decides. */
function addressesOf(data: Readonly<Record<string, unknown>>): readonly unknown[] {
  const interfaces = data['NetworkInterfaces'];
  const own = data['AssociatePublicIpAddress'];
  if (interfaces === undefined) return own === undefined ? [] : [own];
  if (!Array.isArray(interfaces)) return [undefined];
  const set = asList(interfaces).map((one) => (isRecord(one) ? (one['AssociatePublicIpAddress'] ?? 'subnet') : one));
  return set.every((value) => value === 'subnet') ? [] : set;
}

/** A subnet gives none unless told to. */
const givenBy = (evidence: Evidence, subnet: Resource | undefined): unknown =>
  subnet && (evidence.at(subnet, 'MapPublicIpOnLaunch') ?? false);
