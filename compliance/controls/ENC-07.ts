import type { Resource } from '../templates/template-set';
import { met, overall, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { attested } from './shared/attested';
import { isPrivate, isWide } from './shared/cidr';
import { hidden, wrong, type Flaw } from './shared/flaws';
import { described, judgedByRule, opens, rulesOf, type Likelihood, type Rule } from './shared/security-rules';
import { REQUIRED, srtpSettings } from './shared/srtp';

/** Attestation `ENC-07` or `sip-plain`: a carrier can neither TLS nor SRTP and its addresses are all that plain SIP is open to. */
export const ENC_07: Control = {
  id: 'ENC-07',
  title: 'Calls are signalled over TLS and their media is SRTP.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(e)(2)(ii)' },
    { authority: 'soc2', text: 'TSC 2017 CC6.7' },
  ],
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-22',
  builds: 'Carriers reach port 5061 over TLS; a carrier that is declared plain gets 5060 for its own addresses only.',
  onTemplate:
    'No security group opens port 5060 from outside, by any range; where one takes SIP from outside, settings say that SRTP is required.',
  live: 'ec2:DescribeSecurityGroups; the health probe of the kit',
  check(evidence) {
    const rules = rulesOf(evidence, 'ingress').filter((rule) => originOf(rule) !== 'inside' && isSip(rule));
    const plain = attested(evidence, { ids: ['ENC-07', 'sip-plain'], what: 'a carrier cannot encrypt' });
    const isAttested = plain.answer === 'met';
    const signalling = judgedByRule(rules, (rule) => flawOf(rule, isAttested), 'SIP from outside comes in as it may');
    return rules.length === 0 ? [] : [...signalling, ...judgeMedia(evidence, isAttested)];
  },
};

const PLAIN = { from: 5060, to: 5060 };
const TLS = { from: 5061, to: 5061 };

const opensPlain = (rule: Rule): Likelihood => opens(rule, ['udp', 'tcp'], [PLAIN]);

const isSip = (rule: Rule): boolean => opensPlain(rule) !== 'no' || opens(rule, ['tcp'], [TLS]) === 'yes';

type Origin = 'inside' | 'outside' | 'anywhere' | 'hidden';

function originOf({ peer, cidrs }: Rule): Origin {
  if (cidrs.some(isWide)) return 'anywhere';
  if (peer === 'group') return 'inside';
  if (peer !== 'addresses') return 'hidden';
  return cidrs.every(isPrivate) ? 'inside' : 'outside';
}

function flawOf(rule: Rule, isAttested: boolean): Flaw | undefined {
  const [likelihood, origin] = [opensPlain(rule), originOf(rule)];
  if (likelihood === 'no') return undefined;
  const what = `${described(rule)} from ${rule.cidrs.join(', ') || 'sources that cannot be read'}`;
  if (likelihood === 'maybe') return hidden(`a rule may let plain SIP in (${what}); write its protocol and ports out`);
  if (origin === 'anywhere') return wrong(`everybody may send plain SIP (${what}); open tcp 5061 to carriers only`);
  if (origin === 'hidden') return hidden(`plain SIP is let in from whom nobody sees (${what}); write the CIDRs out`);
  return isAttested ? undefined : wrong(`plain SIP is let in (${what}); open tcp 5061 instead, or attest ENC-07`);
}

const CONFIGURED = [
  'AWS::ECS::TaskDefinition',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::Instance',
  'AWS::SSM::Parameter',
] as const;

function judgeMedia(evidence: Evidence, isPlainAttested: boolean): Judgement[] {
  const said = evidence.ofType(...CONFIGURED).flatMap((resource) => {
    const words = srtpSettings(evidence, resource);
    return words.length > 0 ? [judgeSettings(resource, words, isPlainAttested)] : [];
  });
  if (said.length > 0) return said;
  return [
    overall('indeterminate', 'no setting says whether media is encrypted; say srtp=required where nodes read it'),
  ];
}

function judgeSettings(resource: Resource, words: readonly string[], isPlainAttested: boolean): Judgement {
  const weak = words.find((word) => !REQUIRED.has(word));
  if (weak === undefined) return met(resource, 'it requires SRTP');
  if (isPlainAttested) return met(resource, `it lets SRTP be ${weak}, as attested`);
  return unmet(resource, `it lets SRTP be ${weak}; require it, or attest ENC-07`);
}
