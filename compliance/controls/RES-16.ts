import { hostsIn, hostsInWord } from '../colocation/hosts';
import { isKnown, UNKNOWN } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { shown, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { hostRule, type HostRule } from './shared/known-hosts';
import { perEvidence } from './shared/memo';
import { RESIDENCY } from './shared/residency';
import { settingsOf, type Setting } from './shared/settings';

/** What a script puts together when it runs no template shows; routes (NET-07) and the live check hold that. */
export const RES_16: Control = {
  id: 'RES-16',
  title: 'Programs are pointed at no model, speech or other service outside the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-22',
  builds: 'Speech and language models by names of the private namespace of the cell.',
  onTemplate:
    'Hosts in environments, commands, parameters, user data and targets are names of the VPC, endpoints of allowed regions or declared (outsideHosts, queues).',
  live: 'route53resolver:ListFirewallRules; flow logs',
  check: (evidence) => {
    const rule = hostRule(evidence);
    return evidence.set.resources.flatMap((resource) => judge(evidence, resource, rule));
  },
};

function judge(evidence: Evidence, resource: Resource, rule: HostRule): readonly Judgement[] {
  const settings = settingsOf(evidence, resource);
  if (settings.length === 0) return [];
  return [
    verdict(
      resource,
      settings.flatMap((setting) => flawsOf(evidence, setting, rule)),
      'every host it names is inside or declared',
    ),
  ];
}

function flawsOf(evidence: Evidence, setting: Setting, rule: HostRule): readonly Flaw[] {
  const { name, text, isCode, isOpaque } = setting;
  if (isOpaque) return [hidden(`${name} is in a file that no template shows; write it under Environment`)];
  const plain = text.includes(OF_A_RESOURCE) ? text.replaceAll(TOKEN, OF_A_RESOURCE) : text;
  const hosts = isCode ? plain.split('\n').flatMap((line) => hostsInLine(evidence, line)) : hostsIn(plain);
  const flaws = [...new Set(hosts)].flatMap((host) => hostFlaws(name, host, rule, isCode));
  if (flaws.length > 0 || isKnown(text) || text.startsWith('arn:')) return flaws;
  return [hidden(`${name} cannot be read; write its value`)];
}

function hostsInLine(evidence: Evidence, line: string): readonly string[] {
  const found = hostsByLine(evidence);
  const hosts = found.get(line) ?? hostsInWord(line);
  found.set(line, hosts);
  return hosts;
}

/** Nodes of all cells are told much the same. */
const hostsByLine = perEvidence(() => new Map<string, readonly string[]>());

function hostFlaws(name: string, host: string, rule: HostRule, isCode: boolean): readonly Flaw[] {
  if (host.includes(OF_A_RESOURCE)) return [];
  if (host.includes(UNKNOWN)) return [hidden(`${name} names a host that cannot be read; write it out`)];
  if (/[{}$<%]/.test(host))
    return isCode ? [] : [hidden(`${name} names the host ${host}, which is put together later`)];
  const objection = rule(host);
  return objection ? [wrong(`${name} names ${shown(host)}, which ${objection}`)] : [];
}

/** An attribute of a resource of these templates: its host is inside, wherever that resource is judged. */
const TOKEN = /\u{FFFC}[^\u{FFFC}]*\u{FFFC}/gu;

const OF_A_RESOURCE = '\u{FFFC}';
