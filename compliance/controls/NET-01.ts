import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { shown, unclear, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isWide } from './shared/cidr';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { byGroup, rulesOf, type Rule } from './shared/security-rules';
import { zonesOf, type Zone } from './shared/zones';

/** A media server that is broken into must not stand in the same net as models and data. */
export const NET_01: Control = {
  id: 'NET-01',
  title:
    'Call handling, inference and data have subnets and security groups of their own, and the last two face no internet.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.6' }],
  severity: 'error',
  sources: ['S6', 'A11'],
  checkedOn: '2026-11-22',
  builds:
    'Four subnets a cell and a group a tier, which name each other; the groups of models and endpoints admit the cell only.',
  onTemplate:
    'No subnet or group is used by two of call handling, inference and data, by voicecell:tier, and no group of the last two admits a range shorter than /8.',
  live: 'ec2:DescribeSubnets; ec2:DescribeSecurityGroups; ec2:DescribeNetworkInterfaces',
  check: (evidence) => [...judgeSubnets(evidence), ...judgeGroups(evidence)],
};

const judgeSubnets = (evidence: Evidence): readonly Judgement[] =>
  [...zonesOf(evidence, 'AWS::EC2::Subnet')]
    .filter(([, zones]) => isPrivateZone(zones))
    .map(([subnet, zones]) => verdict(subnet, mixed(zones), `only ${[...zones].join()} is in it`));

function judgeGroups(evidence: Evidence): readonly Judgement[] {
  const rules = byGroup(rulesOf(evidence, 'ingress'));
  const groups = [...zonesOf(evidence, 'AWS::EC2::SecurityGroup')].filter(([, zones]) => isPrivateZone(zones));
  const strays = (rules.get(undefined) ?? []).filter(
    ({ resource, cidrs }) => !isKnown(evidence.at(resource, 'GroupId')) && cidrs.some(isWide),
  );
  return [
    ...groups.map(([group, zones]) => {
      const flaws = (rules.get(group) ?? []).flatMap((rule) => admitted(rule, group) ?? []);
      return verdict(group, [...mixed(zones), ...flaws], 'it is of one zone and admits no wide range');
    }),
    ...strays.map(({ resource }) =>
      unclear(resource, 'whose group it opens cannot be read; use one of these templates'),
    ),
  ];
}

/** What is said of call handling alone, NET-02 and NET-03 say. */
const isPrivateZone = (zones: ReadonlySet<Zone>): boolean => zones.has('inference') || zones.has('data');

const mixed = (zones: ReadonlySet<Zone>): readonly Flaw[] =>
  zones.size > 1 ? [wrong(`${[...zones].toSorted().join(' and ')} share it; give each one of its own`)] : [];

function admitted({ cidrs, peer, resource }: Rule, group: Resource): Flaw | undefined {
  const wide = cidrs.find(isWide);
  const where = resource === group ? '' : ` by ${resource.logicalId}`;
  if (wide) return wrong(`it admits ${shown(wide)}${where}; name groups or the ranges of the cells' subnets`);
  return peer === 'list' || peer === 'hidden'
    ? hidden(`whom it admits${where} cannot be read; write groups or ranges out`)
    : undefined;
}
