import type { Resource } from '../templates/template-set';
import type { Control, Judgement } from './control';
import type { Evidence } from './evidence';
import { settingFlaws } from './shared/call-settings';
import { verdict, wrong } from './shared/flaws';
import { tasksOf, toldTo } from './shared/tasks';

/** The Telephone Consumer Protection Act and AB 2905 are about calls placed; Utah asks for an answer to whoever asks. */
export const PRV_03: Control = {
  id: 'PRV-03',
  title: 'Callers are told that they talk to a machine.',
  citations: [
    {
      authority: 'consent-law',
      text: '47 U.S.C. 227 (FCC 24-17); Cal. Pub. Util. Code 2874 (AB 2905); Utah AI Policy Act',
    },
  ],
  severity: 'error',
  sources: ['T1'],
  checkedOn: '2026-11-22',
  builds: 'aiDisclosure of the deployment, handed to the agent as AI_DISCLOSURE.',
  onTemplate: 'Every media task is told AI_DISCLOSURE, always or outbound, as the deployment declares it.',
  live: 'ecs:DescribeTaskDefinition',
  check: (evidence) => tasksOf(evidence, 'media').map((task) => judge(evidence, task)),
};

const CHOICES = ['always', 'outbound', 'never'] as const;

function judge(evidence: Evidence, task: Resource): Judgement {
  const { aiDisclosure: declared } = evidence.scope;
  const told = toldTo(evidence, task, 'AI_DISCLOSURE');
  const never = told.includes('never') || declared === 'never';
  return verdict(
    task,
    [
      ...(never ? [wrong('callers are never told that the voice is artificial; set AI_DISCLOSURE to always')] : []),
      ...settingFlaws(evidence, task, { name: 'AI_DISCLOSURE', allowed: CHOICES, declared }),
    ],
    `it tells callers: ${told.map(String).join()}`,
  );
}
