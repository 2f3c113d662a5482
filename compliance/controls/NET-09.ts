import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { shown, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isWide } from './shared/cidr';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { byGroup, described, opens, rulesOf, type Rule } from './shared/security-rules';
import { TIER_TAG, tagValue } from './shared/tags';
import { tasksOf, toldTo } from './shared/tasks';

/** A forward proxy is a way out for whoever reaches it, to wherever it does not refuse. */
export const NET_09: Control = {
  id: 'NET-09',
  title: 'The web is reached by a proxy only, which leads media nodes to declared hosts and nobody anywhere else.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 CC6.7' },
    { authority: 'residency', text: 'what leaves the cells goes to declared hosts' },
  ],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-26',
  builds:
    'Where outsideHosts are declared, a proxy on the edge nodes with their names as its allow-list, whose port admits the group of media nodes; elsewhere no proxy and no rule for the web.',
  onTemplate:
    'OUTSIDE_HOSTS of edge tasks are declared, edge groups let HTTP and HTTPS out to a range shorter than /8 only beside such a task, and PROXY_PORT admits groups of media nodes only.',
  live: 'ecs:DescribeTaskDefinition; ec2:DescribeSecurityGroups',
  check: (evidence) => {
    const tasks = tasksOf(evidence, 'edge');
    const proxies = tasks.filter((task) => toldTo(evidence, task, 'OUTSIDE_HOSTS').length > 0);
    return [...tasks.map((task) => judgeTask(evidence, task)), ...judgeGroups(evidence, proxies)];
  },
};

function judgeTask(evidence: Evidence, task: Resource): Judgement {
  const declared = new Set(evidence.scope.outsideHosts);
  const flaws = toldTo(evidence, task, 'OUTSIDE_HOSTS').flatMap((told) => {
    if (typeof told !== 'string' || !isKnown(told)) return [hidden('OUTSIDE_HOSTS cannot be read; write its value')];
    const strangers = told.split(',').filter((host) => !declared.has(host));
    return strangers.map((host) => wrong(`its proxy leads to ${shown(host)}; declare it under outsideHosts`));
  });
  return verdict(task, flaws, 'it leads to declared hosts only');
}

function judgeGroups(evidence: Evidence, proxies: readonly Resource[]): readonly Judgement[] {
  const [outOf, into] = [byGroup(rulesOf(evidence, 'egress')), byGroup(rulesOf(evidence, 'ingress'))];
  const ports = proxies.flatMap((task) => toldTo(evidence, task, 'PROXY_PORT')).map(Number);
  return edgeGroups(evidence).map((group) => {
    const web = proxies.length > 0 ? [] : (outOf.get(group) ?? []).flatMap(webFlaws);
    const open = (into.get(group) ?? []).flatMap((rule) => clientFlaws(evidence, rule, ports));
    return verdict(group, [...web, ...open], 'it leads to the web by a proxy or not at all');
  });
}

const edgeGroups = (evidence: Evidence): readonly Resource[] =>
  evidence.ofType('AWS::EC2::SecurityGroup').filter((group) => tagValue(evidence, group, TIER_TAG) === 'edge');

const WEB = [80, 443].map((port) => ({ from: port, to: port }));

function webFlaws(rule: Rule): readonly Flaw[] {
  const wide = rule.cidrs.find(isWide);
  if (!wide || opens(rule, ['tcp'], WEB) === 'no') return [];
  return [wrong(`it lets ${described(rule)} out to ${shown(wide)} and no proxy says where to; remove the rule`)];
}

/** Speech and language models and whoever is outside have nothing to ask of it. */
function clientFlaws(evidence: Evidence, rule: Rule, ports: readonly number[]): readonly Flaw[] {
  const wanted = ports.map((port) => ({ from: port, to: port }));
  if (opens(rule, ['tcp'], wanted) === 'no') return [];
  const what = `${described(rule)}, on which the proxy is,`;
  if (rule.peer !== 'group')
    return [
      wrong(`${what} is open to ${rule.cidrs.map(shown).join(', ') || 'a list'}; admit the group of media nodes`),
    ];
  const tiers = sourcesOf(evidence, rule).map((source) => source && tagValue(evidence, source, TIER_TAG));
  if (tiers.length > 0 && tiers.every((tier) => tier === 'media')) return [];
  return tiers.every((tier) => tier !== undefined && isKnown(tier))
    ? [wrong(`${what} is open to nodes of ${tiers.map(shown).join(', ')}; admit the group of media nodes`)]
    : [hidden(`whom ${what} is open to cannot be read; admit the group of media nodes`)];
}

/** Groups that a rule admits; of rules within a group those of the same port. */
function sourcesOf(evidence: Evidence, { resource, group, ports }: Rule): readonly (Resource | undefined)[] {
  const bodies =
    resource === group
      ? evidence.list(resource, 'SecurityGroupIngress').filter(({ FromPort }) => Number(FromPort) === ports?.from)
      : [evidence.properties(resource)];
  return bodies.map(({ SourceSecurityGroupId: id }) => evidence.resourceOf(id, 'AWS::EC2::SecurityGroup'));
}
