import { isKnown, UNKNOWN } from '../../templates/evaluate';
import { asString, isRecord, type Resource } from '../../templates/template-set';
import type { Judgement } from '../control';
import type { Evidence } from '../evidence';
import { verdict, type Flaw } from './flaws';
import { perEvidence } from './memo';

/** One rule of a security group, wherever and however it is written. */
export interface Rule {
  /** The group itself, or the rule where it is a resource of its own. */
  readonly resource: Resource;
  /** Undefined where the group is not of these templates. */
  readonly group: Resource | undefined;
  readonly direction: 'ingress' | 'egress';
  /** `tcp`, `udp`, `all`, another name or number, UNKNOWN. */
  readonly protocol: string;
  /** Undefined where they cannot be known; empty (from above to) for protocols without ports. */
  readonly ports: Ports | undefined;
  readonly peer: Peer;
  /** Ranges of addresses it opens, also those of a prefix list of these templates. */
  readonly cidrs: readonly string[];
}

export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** Whom a rule is about: addresses, another group, a prefix list known by id only, or nobody can tell. */
export type Peer = 'addresses' | 'group' | 'list' | 'hidden';

type Body = Readonly<Record<string, unknown>>;

const EVERY_PORT: Ports = { from: 0, to: 65535 };
const NO_PORT: Ports = { from: 1, to: 0 };

const INLINE = { ingress: 'SecurityGroupIngress', egress: 'SecurityGroupEgress' } as const;
const APART = { ingress: 'AWS::EC2::SecurityGroupIngress', egress: 'AWS::EC2::SecurityGroupEgress' } as const;

/** Every rule of a direction: those within groups, and those that are resources. */
export const rulesOf = (evidence: Evidence, direction: Rule['direction']): readonly Rule[] =>
  RULES[direction](evidence);

const rulesInto = (direction: Rule['direction']): ((evidence: Evidence) => readonly Rule[]) =>
  perEvidence((evidence) => [
    ...evidence.ofType('AWS::EC2::SecurityGroup').flatMap((group) => inlineRules(evidence, group, direction)),
    ...evidence.ofType(APART[direction]).map((resource) => {
      const group = evidence.resourceOf(evidence.at(resource, 'GroupId'), 'AWS::EC2::SecurityGroup');
      return ruleOf(evidence, { resource, group, direction }, evidence.properties(resource));
    }),
  ]);

const RULES = { ingress: rulesInto('ingress'), egress: rulesInto('egress') } as const;

/** Rules within a group; one that cannot be read, or a list that cannot, gives a rule of which nothing is known. */
export function inlineRules(evidence: Evidence, group: Resource, direction: Rule['direction']): readonly Rule[] {
  const value = evidence.at(group, INLINE[direction]);
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  const place = { resource: group, group, direction };
  return entries
    .filter((entry) => entry !== undefined)
    .map((entry) => (isRecord(entry) ? ruleOf(evidence, place, entry) : hidden(place)));
}

type Place = Pick<Rule, 'resource' | 'group' | 'direction'>;

const hidden = (place: Place): Rule => ({ ...place, protocol: UNKNOWN, ports: undefined, peer: 'hidden', cidrs: [] });

function ruleOf(evidence: Evidence, place: Place, body: Body): Rule {
  const protocol = protocolOf(body['IpProtocol']);
  return { ...place, protocol, ports: portsOf(protocol, body), ...peerOf(evidence, body) };
}

const PROTOCOLS: Readonly<Record<string, string>> = { '-1': 'all', '6': 'tcp', '17': 'udp' };

function protocolOf(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (asString(value) ?? UNKNOWN).toLowerCase();
  return PROTOCOLS[text] ?? text;
}

/** EC2 takes a TCP or UDP rule without ports, or with -1, for every port. */
function portsOf(protocol: string, body: Body): Ports | undefined {
  const [from, to] = [body['FromPort'] ?? -1, body['ToPort'] ?? body['FromPort'] ?? -1];
  if (protocol === 'all') return EVERY_PORT;
  if (protocol !== 'tcp' && protocol !== 'udp') return isKnown(protocol) ? NO_PORT : undefined;
  if (!isKnown([from, to])) return undefined;
  if (Number(from) === -1 || Number(to) === -1) return EVERY_PORT;
  const ports = { from: Number(from), to: Number(to) };
  return Number.isNaN(ports.from + ports.to) ? undefined : ports;
}

function peerOf(evidence: Evidence, body: Body): Pick<Rule, 'peer' | 'cidrs'> {
  const cidr = body['CidrIp'] ?? body['CidrIpv6'];
  if (cidr !== undefined) return addresses([cidrOf(evidence, cidr)]);
  const list = body['SourcePrefixListId'] ?? body['DestinationPrefixListId'];
  if (list !== undefined) return peersOfList(evidence, list);
  return { peer: GROUPS.some((key) => key in body) ? 'group' : 'hidden', cidrs: [] };
}

const GROUPS = ['SourceSecurityGroupId', 'SourceSecurityGroupName', 'DestinationSecurityGroupId'] as const;

function peersOfList(evidence: Evidence, id: unknown): Pick<Rule, 'peer' | 'cidrs'> {
  const list = evidence.resourceOf(id, 'AWS::EC2::PrefixList');
  if (!list) return { peer: 'list', cidrs: [] };
  if (!Array.isArray(evidence.at(list, 'Entries'))) return { peer: 'hidden', cidrs: [] };
  return addresses(evidence.list(list, 'Entries').map((entry) => cidrOf(evidence, entry['Cidr'])));
}

const addresses = (cidrs: readonly string[]): Pick<Rule, 'peer' | 'cidrs'> =>
  isKnown(cidrs) ? { peer: 'addresses', cidrs } : { peer: 'hidden', cidrs: cidrs.filter((cidr) => isKnown(cidr)) };

/** A VPC or a subnet may stand for its range. */
function cidrOf(evidence: Evidence, value: unknown): string {
  if (typeof value !== 'string') return UNKNOWN;
  const network = RANGED.map((type) => evidence.resourceOf(value, type)).find((found) => found !== undefined);
  const range = network ? evidence.at(network, 'CidrBlock') : value;
  return typeof range === 'string' ? range : UNKNOWN;
}

const RANGED = ['AWS::EC2::VPC', 'AWS::EC2::Subnet'] as const;

export type Likelihood = 'yes' | 'no' | 'maybe';

/** Whether a rule is about one of the ports of one of the protocols. */
export function opens({ protocol, ports }: Rule, protocols: readonly string[], wanted: readonly Ports[]): Likelihood {
  const byProtocol = likely(isKnown(protocol) ? protocol === 'all' || protocols.includes(protocol) : undefined);
  const byPort = likely(ports && wanted.some(({ from, to }) => ports.from <= to && from <= ports.to));
  if (byProtocol === 'no' || byPort === 'no') return 'no';
  return byProtocol === 'maybe' || byPort === 'maybe' ? 'maybe' : 'yes';
}

const likely = (value: boolean | undefined): Likelihood => {
  if (value === undefined) return 'maybe';
  return value ? 'yes' : 'no';
};

/** Rules by the group they are of; under `undefined` those of groups from elsewhere. */
export function byGroup(rules: readonly Rule[]): ReadonlyMap<Resource | undefined, readonly Rule[]> {
  const groups = new Map<Resource | undefined, Rule[]>();
  for (const rule of rules) {
    const found = groups.get(rule.group);
    if (found) found.push(rule);
    else groups.set(rule.group, [rule]);
  }
  return groups;
}

/** One judgement for each resource that has a rule a control is about: `undefined` for one that is fine. */
export function judgedByRule(
  rules: readonly Rule[],
  flawOf: (rule: Rule) => Flaw | undefined,
  fine: string,
): readonly Judgement[] {
  const flaws = new Map<Resource, Flaw[]>();
  for (const rule of rules) {
    const flaw = flawOf(rule);
    flaws.set(rule.resource, [...(flaws.get(rule.resource) ?? []), ...(flaw ? [flaw] : [])]);
  }
  return [...flaws].map(([resource, found]) => verdict(resource, found, fine));
}

/** `udp 10000-11199`, as a message says it. */
export function described({ protocol, ports }: Rule): string {
  if (!isKnown(protocol) || !ports) return 'ports that cannot be read';
  if (protocol === 'all') return 'every protocol and port';
  if (ports.from > ports.to) return protocol;
  return ports.from === ports.to ? `${protocol} ${ports.from}` : `${protocol} ${ports.from}-${ports.to}`;
}
