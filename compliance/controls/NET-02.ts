import { shown, type Control } from './control';
import { isWide } from './shared/cidr';
import { hidden, wrong, type Flaw } from './shared/flaws';
import { described, judgedByRule, opens, rulesOf, type Rule } from './shared/security-rules';

/** A carrier's signalling comes from addresses it states; whoever opens SIP to all is scanned within minutes. */
export const NET_02: Control = {
  id: 'NET-02',
  title: 'SIP is reachable from the addresses of declared carriers only, never from everywhere.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.6' }],
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-22',
  builds:
    'Ingress on 5060 or 5061 of the edge groups from the signalling ranges of the declared carriers, by one transport each.',
  onTemplate:
    'No ingress rule that includes 5060 or 5061 is open to a range shorter than /8 (IPv6: /13), inline, apart or by a prefix list.',
  live: 'ec2:DescribeSecurityGroups; ec2:GetManagedPrefixListEntries',
  check: (evidence) => {
    const rules = rulesOf(evidence, 'ingress').filter((rule) => isAboutSip(rule) !== 'no');
    return judgedByRule(rules, flawOf, 'SIP is open to groups or to stated ranges only');
  },
};

const isAboutSip = (rule: Rule): ReturnType<typeof opens> => opens(rule, ['tcp', 'udp'], [{ from: 5060, to: 5061 }]);

function flawOf(rule: Rule): Flaw | undefined {
  const wide = rule.cidrs.find(isWide);
  if (wide && isAboutSip(rule) === 'yes')
    return wrong(`${described(rule)} is open to ${shown(wide)}; name the signalling ranges of the carriers`);
  if (wide) return hidden(`${described(rule)}, maybe those of SIP, are open to ${shown(wide)}; write the ports out`);
  if (rule.peer === 'list' || rule.peer === 'hidden')
    return hidden(`who reaches ${described(rule)} cannot be read; write the ranges of the carriers out`);
  return undefined;
}
