import { asList, isRecord, type Resource } from '../templates/template-set';
import { met, overall, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';

/**
 * What scanners read stands in the Metadata of resources. CDK acknowledgements reach no template; a pack reads them from the
 * constructs, those that the ledger of waivers made included.
 */
export const GOV_07: Control = {
  id: 'GOV-07',
  title: 'Every suppressed finding has a reason, an owner and a day on which it ends.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC8.1' }],
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-26',
  builds:
    'A waiver ledger whose entries have reason, owner and expiry, which every acknowledgement made of them carries, and no suppression on any template.',
  onTemplate:
    'Suppressions of cdk-nag, cfn-nag, Checkov and Guard in Metadata, and in a synthesis every acknowledgement of a construct, have a reason with owner=… and expires=…, not yet past.',
  live: 'none: an account keeps no suppressions',
  check: (evidence) => [
    ...evidence.set.resources.flatMap((resource) => judge(evidence, resource)),
    ...judgeAcknowledged(evidence),
  ],
};

function judgeAcknowledged({ acknowledgements, scope }: Evidence): Judgement[] {
  const complaints = acknowledgements.flatMap(({ place, id, reason }) => {
    const complaint = complaintOf({ rule: id, reason }, scope.today);
    return complaint ? [overall(complaint.answer, `on ${place || 'the app'}, ${complaint.message}`)] : [];
  });
  if (acknowledgements.length === 0 || complaints.length > 0) return complaints;
  return [overall('met', `${acknowledgements.length} acknowledged, each with owner and expiry`)];
}

function judge({ scope }: Evidence, resource: Resource): Judgement[] {
  const { Metadata: metadata } = resource.body;
  if (!isRecord(metadata)) return [];
  const suppressed = suppressionsIn(metadata);
  const complaints = suppressed.flatMap((one) => complaintOf(one, scope.today) ?? []);
  const [worst] = complaints.toSorted((a, b) => Number(b.answer === 'unmet') - Number(a.answer === 'unmet'));
  if (suppressed.length === 0) return [];
  if (!worst) return [met(resource, `${suppressed.length} suppressed, each with owner and expiry`)];
  return [worst.answer === 'unmet' ? unmet(resource, worst.message) : unclear(resource, worst.message)];
}

interface Suppression {
  readonly rule: string;
  /** Undefined where none is given. */
  readonly reason: unknown;
}

/** Guard takes no reason at all. */
const suppressionsIn = (metadata: Readonly<Record<string, unknown>>): readonly Suppression[] => [
  ...['cdk_nag', 'cfn_nag'].flatMap((tool) =>
    entriesOf(metadata, tool, 'rules_to_suppress').map((entry) => suppression(entry, 'reason')),
  ),
  ...entriesOf(metadata, 'checkov', 'skip').map((entry) => suppression(entry, 'comment')),
  ...entriesOf(metadata, 'guard', 'SuppressedRules').map((rule) => suppression({ id: rule }, 'reason')),
];

const entriesOf = (metadata: Readonly<Record<string, unknown>>, tool: string, key: string): readonly unknown[] => {
  const section = metadata[tool];
  return isRecord(section) ? asList(section[key]) : [];
};

function suppression(entry: unknown, key: string): Suppression {
  const { id, is_reason_encoded: encoded, [key]: reason } = isRecord(entry) ? entry : {};
  const plain =
    encoded === true && typeof reason === 'string' ? Buffer.from(reason, 'base64').toString('utf8') : reason;
  return { rule: typeof id === 'string' ? id : 'a rule', reason: plain };
}

type Complaint = Pick<Judgement, 'answer' | 'message'>;

function complaintOf({ rule, reason }: Suppression, today?: string): Complaint | undefined {
  if (isRecord(reason)) return { answer: 'indeterminate', message: `${rule}: its reason cannot be read; write it out` };
  const text = typeof reason === 'string' ? reason : '';
  const [, expires] = /\bexpires=(\d{4}-\d{2}-\d{2})\b/.exec(text) ?? [];
  const words = text.replaceAll(/[(]?\b(?:owner|expires)=\S*/g, '').trim();
  const lacks = [
    ...(words === '' ? ['reason'] : []),
    ...(/\bowner=[^\s)]/.test(text) ? [] : ['owner=']),
    ...(expires === undefined ? ['expires='] : []),
  ];
  if (lacks.length > 0)
    return { answer: 'unmet', message: `${rule} is suppressed without ${lacks.join(', ')}; add it` };
  return expires !== undefined && today !== undefined && expires < today
    ? { answer: 'unmet', message: `${rule}: its suppression ended on ${expires}; fix the finding or decide anew` }
    : undefined;
}
