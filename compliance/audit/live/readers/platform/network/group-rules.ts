import {
  type EC2Client,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { Answer } from '../../../../../../aws/answer';
import type { Deployed, LiveRegion } from '../../../reading';
import { everyPage } from '../../data/shapes';
import { inChunks } from '../chunks';
import { foundIn } from '../found';
import { asResource } from './rule';

export const GROUPS_ACTION = 'ec2:DescribeSecurityGroups';
export const RULES_ACTION = 'ec2:DescribeSecurityGroupRules';

export type Rules = Answer<readonly SecurityGroupRule[]>;

export const groupsOf = (ids: readonly string[], { ask }: LiveRegion, client: EC2Client) =>
  inChunks(ids, MOST_VALUES, (Values) =>
    ask(GROUPS_ACTION, (abortSignal) =>
      everyPage(
        paginateDescribeSecurityGroups({ client }, { Filters: [{ Name: 'group-id', Values }] }, { abortSignal }),
        ({ SecurityGroups }) => SecurityGroups,
      ),
    ),
  );

export const rulesOf = (Name: string, ids: readonly string[], { ask }: LiveRegion, client: EC2Client) =>
  inChunks(ids, MOST_VALUES, (Values) =>
    ask(RULES_ACTION, (abortSignal) =>
      everyPage(
        paginateDescribeSecurityGroupRules({ client }, { Filters: [{ Name, Values }] }, { abortSignal }),
        ({ SecurityGroupRules }) => SecurityGroupRules,
      ),
    ),
  );

/** EC2 takes as many values of a filter. */
const MOST_VALUES = 200;

/** Rules of groups from elsewhere are asked for by themselves. */
export async function rulesApart(apart: readonly Deployed[], rules: Rules, region: LiveRegion, client: EC2Client) {
  const missing = rules.known ? apart.filter((one) => !ruleOf(one, rules.value)) : [];
  const ids = missing.map(({ physicalId }) => physicalId);
  const elsewhere = await rulesOf('security-group-rule-id', ids, region, client);
  return apart.map((deployed) =>
    foundIn(deployed, {
      answer: missing.includes(deployed) ? elsewhere : rules,
      names: RULE_NAMES,
      of: (all) => {
        const rule = ruleOf(deployed, all);
        return rule && asResource(rule);
      },
    }),
  );
}

const RULE_NAMES = ['CidrIp', 'CidrIpv6', 'Description', 'FromPort', 'GroupId', 'IpProtocol', 'ToPort'];

const ruleOf = ({ physicalId }: Deployed, all: readonly SecurityGroupRule[]): SecurityGroupRule | undefined =>
  all.find(({ SecurityGroupRuleId }) => SecurityGroupRuleId === physicalId);
