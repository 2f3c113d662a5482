import { met, shown, type Control } from './control';
import { isPrivate } from './shared/cidr';
import { hidden, wrong, type Flaw } from './shared/flaws';
import { described, judgedByRule, opens, rulesOf, type Ports, type Rule } from './shared/security-rules';

/** One office address is the internet too: who is there today is not who is there tomorrow. */
export const NET_04: Control = {
  id: 'NET-04',
  title: 'No port by which a node is administered is reachable from the internet.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.6' }],
  severity: 'error',
  sources: ['nag'],
  checkedOn: '2026-11-22',
  builds:
    'No SSH at all; people use Session Manager where a deployment declares it, and media servers are controlled on loopback.',
  onTemplate:
    'No TCP ingress that includes 22, 3389, 5038 (AMI) or 8021 (ESL) comes from a range outside private networks.',
  live: 'ec2:DescribeSecurityGroups',
  check: (evidence) => {
    const rules = rulesOf(evidence, 'ingress').filter((rule) => isAboutAdmin(rule) !== 'no');
    const judged = judgedByRule(rules, flawOf, 'ports of administration are open to groups or private ranges only');
    const others = evidence
      .ofType('AWS::EC2::SecurityGroup')
      .filter((group) => !judged.some(({ resource }) => resource === group));
    return [...judged, ...others.map((group) => met(group, 'it opens no port of administration'))];
  },
};

/** SSH, RDP, Asterisk's manager interface, FreeSWITCH's event socket. */
const ADMIN_PORTS: readonly Ports[] = [22, 3389, 5038, 8021].map((port) => ({ from: port, to: port }));

const isAboutAdmin = (rule: Rule): ReturnType<typeof opens> => opens(rule, ['tcp'], ADMIN_PORTS);

function flawOf(rule: Rule): Flaw | undefined {
  const open = rule.cidrs.find((cidr) => !isPrivate(cidr));
  if (open && isAboutAdmin(rule) === 'yes')
    return wrong(`${described(rule)}, by which nodes are administered, is open to ${shown(open)}; use Session Manager`);
  if (open) return hidden(`${described(rule)} are open to ${shown(open)}; write the ports out`);
  if (rule.peer === 'list' || rule.peer === 'hidden')
    return hidden(`who reaches ${described(rule)} cannot be read; write the ranges out`);
  return undefined;
}
