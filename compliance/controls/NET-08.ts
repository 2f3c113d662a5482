import type { Resource } from '../templates/template-set';
import { shown, type Control } from './control';
import type { Evidence } from './evidence';
import { isWide } from './shared/cidr';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { byGroup, described, inlineRules, judgedByRule, rulesOf, type Rule } from './shared/security-rules';
import { TIER_TAG, tagValue } from './shared/tags';

/** What leaves a node leaves by a rule; EC2's default is one rule that lets out everything. */
export const NET_08: Control = {
  id: 'NET-08',
  title: 'Nodes reach what they need by stated rules; no security group lets out everything.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.7' }],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds:
    'Egress rules of every group to other groups, prefix lists of gateway endpoints and the ranges of carriers and bridged queues; HTTPS from the edge where it has a proxy (NET-09).',
  onTemplate:
    'Every group has egress rules of its own; none allows every port to a range shorter than /8, and those of tiers but the edge allow no such range at all.',
  live: 'ec2:DescribeSecurityGroups',
  check: (evidence) => {
    const rules = rulesOf(evidence, 'egress');
    const ofGroup = byGroup(rules);
    const groups = evidence.ofType('AWS::EC2::SecurityGroup').map((group) => {
      const flaws = (ofGroup.get(group) ?? []).flatMap((rule) => flawOf(rule, isInner(evidence, group)) ?? []);
      return verdict(group, [...defaultEgress(evidence, group), ...flaws], 'it lets out what its rules state');
    });
    const elsewhere = ofGroup.get(undefined) ?? [];
    return [...groups, ...judgedByRule(elsewhere, (rule) => flawOf(rule, false), 'it lets out something stated')];
  },
};

/** Tiers that have nobody to reach outside; the edge has carriers, whose media may come from anywhere. */
const INNER_TIERS: ReadonlySet<unknown> = new Set(['media', 'stt', 'llm', 'tts', 'inference', 'data']);

const isInner = (evidence: Evidence, group: Resource): boolean => INNER_TIERS.has(tagValue(evidence, group, TIER_TAG));

/** A rule that is a resource of its own does not take the default one away (CloudFormation, AWS::EC2::SecurityGroup). */
const defaultEgress = (evidence: Evidence, group: Resource): readonly Flaw[] =>
  inlineRules(evidence, group, 'egress').length === 0
    ? [wrong('it has no egress rule in itself, so that EC2 lets everything out; add SecurityGroupEgress')]
    : [];

function flawOf(rule: Rule, inner: boolean): Flaw | undefined {
  const wide = rule.cidrs.find(isWide);
  const everyPort = rule.ports && rule.ports.from <= 1 && rule.ports.to >= 65535;
  if (wide && (inner || everyPort))
    return wrong(`it lets ${described(rule)} out to ${shown(wide)}; name groups, prefix lists or ranges`);
  if (wide && !rule.ports) return hidden(`how much it lets out to ${shown(wide)} cannot be read; write the ports out`);
  if (rule.peer === 'hidden' || (rule.peer === 'list' && everyPort))
    return hidden(`where it lets ${described(rule)} out to cannot be read; write groups or ranges out`);
  return undefined;
}
