import { isKnown } from '../templates/evaluate';
import { shown, type Control } from './control';
import type { Evidence } from './evidence';
import { hidden, wrong, type Flaw } from './shared/flaws';
import { described, judgedByRule, rulesOf, type Rule } from './shared/security-rules';
import { TIER_TAG, tagValue } from './shared/tags';

/** Every open port is one that somebody may listen on; a media server needs a few per call. */
export const NET_03: Control = {
  id: 'NET-03',
  title: 'RTP is open on a bounded range of ports, and on edge and media nodes only.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.6' }],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'UDP ingress on as many ports as the calls of a node need, in the groups of the edge and media tiers.',
  onTemplate:
    'An ingress rule of more than 10 UDP ports opens at most 22768 (10000-32767) of them, in a group tagged voicecell:tier edge or media.',
  live: 'ec2:DescribeSecurityGroups',
  check: (evidence) => {
    const rules = rulesOf(evidence, 'ingress').filter((rule) => mayBeRtp(evidence, rule));
    return judgedByRule(rules, (rule) => flawOf(evidence, rule), 'its UDP ranges are bounded');
  },
};

/** From the first port of the usual media servers (Asterisk: 10000) up to where ephemeral ports of Linux begin. */
const WIDEST = 22_768;

/** SIP and its like take a port or two. */
const FEW = 10;

const MEDIA_TIERS: ReadonlySet<unknown> = new Set(['edge', 'media']);

/** Everything between groups of other tiers is theirs to say: it is no RTP. */
function mayBeRtp(evidence: Evidence, rule: Rule): boolean {
  if (isKnown(rule.protocol) && rule.protocol !== 'udp' && rule.protocol !== 'all') return false;
  if (rule.ports && widthOf(rule.ports) <= FEW) return false;
  return rule.protocol === 'udp' || rule.peer !== 'group' || MEDIA_TIERS.has(tierOf(evidence, rule));
}

const widthOf = ({ from, to }: { from: number; to: number }): number => to - from + 1;

const tierOf = (evidence: Evidence, { group }: Rule): unknown => group && tagValue(evidence, group, TIER_TAG);

function flawOf(evidence: Evidence, rule: Rule): Flaw | undefined {
  const { ports, group } = rule;
  if (!ports || !isKnown(rule.protocol))
    return hidden('how many UDP ports it opens cannot be read; write the rule out');
  if (widthOf(ports) > WIDEST)
    return wrong(`${described(rule)} opens ${widthOf(ports)} ports; open as many as the calls of a node need`);
  const tier = tierOf(evidence, rule);
  if (MEDIA_TIERS.has(tier)) return undefined;
  if (!group || !isKnown(tier))
    return hidden(`whose nodes get ${described(rule)} cannot be read; use a group of these templates`);
  const whose = tier === undefined ? 'has no voicecell:tier' : `is of tier ${shown(tier)}`;
  return wrong(`${described(rule)} is open, but the group ${whose}; let only edge and media nodes take RTP`);
}
