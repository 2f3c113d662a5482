import type { Resource } from '../templates/template-set';
import { overall, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { settingFlaws } from './shared/call-settings';
import { verdict, wrong, type Flaw } from './shared/flaws';
import { tasksOf, toldTo } from './shared/tasks';

/** Area codes are no place: whoever may have to ask all parties asks all parties, so every mode but none will do. */
export const PRV_01: Control = {
  id: 'PRV-01',
  title: 'How callers consent to recording is decided, and media nodes are told.',
  citations: [
    { authority: 'consent-law', text: '18 U.S.C. 2511 and state law on the consent of all parties' },
    { authority: 'soc2', text: 'TSC 2017 P2; P3.2' },
  ],
  severity: 'error',
  sources: ['C1'],
  checkedOn: '2026-11-22',
  builds: 'consent of the deployment, handed to the agent as CONSENT_MODE and CONSENT_ON_REFUSAL.',
  onTemplate:
    'Every media task is told a CONSENT_MODE, the one the deployment declares, and CONSENT_ON_REFUSAL where the mode is explicit; none is no mode where anything is recorded.',
  live: 'ecs:DescribeTaskDefinition',
  check: (evidence) => {
    const tasks = tasksOf(evidence, 'media');
    const records = evidence.vaults.length > 0;
    if (tasks.length > 0) return tasks.map((task) => judge(evidence, task, records));
    return records && evidence.scope.consent?.mode === 'none' ? [overall('unmet', NONE)] : [];
  },
};

const MODES = ['none', 'notice', 'beep', 'explicit-dtmf', 'explicit-voice'] as const;
const REFUSALS = ['no-record', 'hangup', 'transfer'] as const;

const NONE = 'calls are recorded and nobody is told; set the consent mode to notice, beep or explicit-*';

function judge(evidence: Evidence, task: Resource, records: boolean): Judgement {
  const { consent } = evidence.scope;
  const flaws = settingFlaws(evidence, task, { name: 'CONSENT_MODE', allowed: MODES, declared: consent?.mode });
  const told = toldTo(evidence, task, 'CONSENT_MODE');
  const silent = records && (told.includes('none') || consent?.mode === 'none') ? [wrong(NONE)] : [];
  const refusal = told.some((mode) => String(mode).startsWith('explicit')) ? refusalFlaws(evidence, task) : [];
  return verdict(task, [...silent, ...flaws, ...refusal], `it is told to ask by ${told.map(String).join()}`);
}

/** Whoever is asked may say no. */
const refusalFlaws = (evidence: Evidence, task: Resource): readonly Flaw[] =>
  settingFlaws(evidence, task, {
    name: 'CONSENT_ON_REFUSAL',
    allowed: REFUSALS,
    declared: evidence.scope.consent?.onRefusal,
  });
