import type { Resource } from '../templates/template-set';
import { shown, type Control } from './control';
import type { Evidence } from './evidence';
import { isWithin } from './shared/cidr';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { routesOf } from './shared/routes';
import { byGroup, described, rulesOf, type Rule } from './shared/security-rules';
import { TIER_TAG, tagValue } from './shared/tags';

/** A media server that can call anybody is one that calls whom a caller talks it into. */
export const NET_10: Control = {
  id: 'NET-10',
  title: 'Media nodes exchange calls and audio with nobody outside the VPC but declared queues.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 CC6.6; CC6.7' },
    { authority: 'residency', text: 'what leaves the cells goes to declared hosts' },
  ],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-26',
  builds:
    'No rule and no route of media nodes to addresses; where queues are bridged, those of queueNetwork, by a transit gateway, from a route table of their own.',
  onTemplate:
    'Ranges in rules of groups tagged voicecell:tier media, and destinations of routes of subnets tagged so, lie in the VPC or in blocks of declared queues.',
  live: 'ec2:DescribeSecurityGroups; ec2:DescribeRouteTables',
  check: (evidence) => {
    const rules = byGroup([...rulesOf(evidence, 'ingress'), ...rulesOf(evidence, 'egress')]);
    const routesTo = routesOf(evidence);
    return [
      ...ofMedia(evidence, 'AWS::EC2::SecurityGroup').map((group) =>
        verdict(group, (rules.get(group) ?? []).flatMap(ruleFlaws(evidence)), 'it names the VPC and queues only'),
      ),
      ...ofMedia(evidence, 'AWS::EC2::Subnet').map((subnet) =>
        verdict(
          subnet,
          routesTo(subnet).waysOut.flatMap(({ by }) => routeFlaws(evidence, by)),
          'it leads to queues or nowhere',
        ),
      ),
    ];
  },
};

const ofMedia = (evidence: Evidence, type: string): readonly Resource[] =>
  evidence.ofType(type).filter((resource) => tagValue(evidence, resource, TIER_TAG) === 'media');

const isDeclared = (evidence: Evidence, cidr: string): boolean =>
  (evidence.scope.queueCidrs ?? []).some((block) => isWithin(cidr, block));

const isOfVpc = (evidence: Evidence, cidr: string): boolean =>
  evidence.ofType('AWS::EC2::VPC').some((vpc) => isWithin(cidr, String(evidence.at(vpc, 'CidrBlock'))));

const ruleFlaws =
  (evidence: Evidence) =>
  (rule: Rule): readonly Flaw[] => {
    const where = rule.direction === 'ingress' ? 'from' : 'to';
    if (rule.peer === 'hidden')
      return [hidden(`${where} whom ${described(rule)} goes cannot be read; write groups or ranges out`)];
    return rule.cidrs
      .filter((cidr) => !isOfVpc(evidence, cidr) && !isDeclared(evidence, cidr))
      .map((cidr) =>
        wrong(`${described(rule)} goes ${where} ${shown(cidr)}; declare it under queueNetwork, or remove it`),
      );
  };

function routeFlaws(evidence: Evidence, route: Resource): readonly Flaw[] {
  const destination = evidence.at(route, 'DestinationCidrBlock');
  if (typeof destination === 'string' && isDeclared(evidence, destination)) return [];
  const to = typeof destination === 'string' ? shown(destination) : 'a destination that cannot be read';
  return [wrong(`${route.logicalId} leads to ${to}; declare it under queueNetwork, or remove it`)];
}
