import type { Resource } from '../templates/template-set';
import { overall, type Control, type Judgement } from './control';
import type { Evidence, Scope } from './evidence';
import { attested } from './shared/attested';
import { settingFlaws } from './shared/call-settings';
import { verdict } from './shared/flaws';
import { tasksOf, toldTo } from './shared/tasks';

/** A card's code that is in a locked recording cannot be removed: it must not get there. */
export const PRV_05: Control = {
  id: 'PRV-05',
  title: 'No card data reaches a recording, a transcript or a model.',
  citations: [{ authority: 'pci', text: 'PCI DSS 4.0.1 Requirement 3.3.1' }],
  severity: 'error',
  sources: ['P1'],
  checkedOn: '2026-11-22',
  builds: 'Nothing yet: whoever takes cards brings media containers that pause and mask.',
  onTemplate:
    'Media tasks are told CARD_PAUSE_RESUME and CARD_DTMF_MASK, both true, where callers pay by card; else an attestation with the id PRV-05 or no-card-data says that none do.',
  live: 'none: only a call with a test card shows it',
  check: (evidence) => {
    const tasks = tasksOf(evidence, 'media');
    const declared = evidence.scope.cardData;
    const told = tasks.filter((task) => SETTINGS.some((name) => toldTo(evidence, task, name).length > 0));
    if (declared === undefined && told.length === 0)
      return tasks.length + evidence.vaults.length > 0 ? [attested(evidence, NO_CARDS)] : [];
    return [...declaredOff(declared), ...(declared === undefined ? told : tasks).map((task) => judge(evidence, task))];
  },
};

const SETTINGS = ['CARD_PAUSE_RESUME', 'CARD_DTMF_MASK'] as const;

const NO_CARDS = {
  ids: ['PRV-05', 'no-card-data'],
  what: 'no caller gives card data (no media task is told to pause and mask)',
} as const;

function declaredOff(declared: Scope['cardData']): Judgement[] {
  if (declared === undefined) return [];
  const off = (['pauseResume', 'dtmfMask'] as const).filter((key) => !declared[key]);
  return off.length > 0
    ? [overall('unmet', `callers pay by card, but cardData.${off.join(' and cardData.')} is not true; set it to true`)]
    : [];
}

const judge = (evidence: Evidence, task: Resource): Judgement =>
  verdict(
    task,
    SETTINGS.flatMap((name) => settingFlaws(evidence, task, { name, allowed: ['true'], declared: undefined })),
    'it pauses for cards and masks the keypad',
  );
