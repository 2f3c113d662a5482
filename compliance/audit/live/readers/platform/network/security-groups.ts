import { EC2Client, type SecurityGroup, type SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Answer } from '../../../../../../aws/answer';
import { clientConfig } from '../../../../../../aws/reader';
import type { Beside, Deployed, LiveReader, Reading } from '../../../reading';
import { readingOf, type Part } from '../../data/parts';
import { tagsOf } from '../../data/shapes';
import { foundIn, withBeside } from '../found';
import { GROUPS_ACTION, groupsOf, RULES_ACTION, type Rules, rulesApart, rulesOf } from './group-rules';
import { asListed, asResource } from './rule';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const EGRESS = 'AWS::EC2::SecurityGroupEgress';
const LISTS = ['SecurityGroupIngress', 'SecurityGroupEgress'] as const;

/** Groups with the rules that they list themselves, and rules that are resources. */
export const securityGroups: LiveReader = {
  types: [GROUP, INGRESS, EGRESS],
  actions: [RULES_ACTION, GROUPS_ACTION],
  async read(deployed, region) {
    const ec2 = new EC2Client(clientConfig(region));
    const groups = deployed.filter(({ resource }) => resource.type === GROUP);
    const apart = deployed.filter(({ resource }) => resource.type !== GROUP);
    const ids = groups.map(({ physicalId }) => physicalId);
    const [found, rules] = await Promise.all([groupsOf(ids, region, ec2), rulesOf('group-id', ids, region, ec2)]);
    const own = new Set(apart.map(({ physicalId }) => physicalId));
    return [
      ...groups.map((one) => groupReading(one, found, rules, own)),
      ...(await rulesApart(apart, rules, region, ec2)),
    ];
  },
};

function groupReading(
  deployed: Deployed,
  found: Answer<readonly SecurityGroup[]>,
  rules: Rules,
  apart: ReadonlySet<string>,
): Reading {
  const { physicalId } = deployed;
  const { properties, ...read } = foundIn(deployed, {
    answer: found,
    names: ['GroupDescription', 'Tags', 'VpcId'],
    of: (all) => {
      const group = all.find(({ GroupId }) => GroupId === physicalId);
      return group && { GroupDescription: group.Description, VpcId: group.VpcId, ...tagsOf(group.Tags) };
    },
  });
  if (read.isGone) return { properties, ...read };
  const own = rules.known ? rules.value.filter(({ GroupId }) => GroupId === physicalId) : [];
  const others = own.filter(({ SecurityGroupRuleId = '' }) => !apart.has(SecurityGroupRuleId));
  const listed = readingOf(
    deployed,
    LISTS.map((list) => listPart(list, rules, list in deployed.resource.properties ? others : [])),
    {},
  );
  const unread = [...(read.unread ?? []), ...(listed.unread ?? [])];
  const reading = {
    ...read,
    properties: { ...properties, ...listed.properties },
    ...(unread.length > 0 && { unread }),
  };
  return withBeside(reading, others.filter((rule) => !isListedIn(deployed, rule)).map(asBeside));
}

const listPart = (list: (typeof LISTS)[number], rules: Rules, own: readonly SecurityGroupRule[]): Part => ({
  names: [list],
  answer: rules.known
    ? { known: true, value: { [list]: own.filter((rule) => listOf(rule) === list).map(asListed) } }
    : rules,
});

const listOf = ({ IsEgress }: SecurityGroupRule): (typeof LISTS)[number] =>
  IsEgress ? 'SecurityGroupEgress' : 'SecurityGroupIngress';

/** Where the template lists rules, one more is another entry; a group that lists none is born open outwards. */
const isListedIn = ({ resource }: Deployed, rule: SecurityGroupRule): boolean =>
  listOf(rule) in resource.properties || (rule.IsEgress === true && rule.IpProtocol === '-1');

const asBeside = (rule: SecurityGroupRule): Beside => ({
  type: rule.IsEgress ? EGRESS : INGRESS,
  id: rule.SecurityGroupRuleId ?? '',
  properties: asResource(rule),
});
