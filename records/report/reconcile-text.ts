import type { Finding } from '../reconcile/model';
import type { ReconciledDay } from '../reconcile/reconcile';
import { counted } from './words';

/** What was compared in a region, and what that asked of AWS. */
export interface ReconciledIn {
  readonly region: string;
  readonly days: readonly ReconciledDay[];
  readonly requests: { readonly queries: number; readonly lists: number; readonly looks: number };
}

/** A line a finding, and a line a region that says how much was compared. */
export const renderReconciled = (regions: readonly ReconciledIn[]): string =>
  regions.flatMap((one) => [...findingLines(one), summary(one)]).join('\n');

const findingLines = ({ region, days }: ReconciledIn): string[] =>
  days.flatMap(({ day, findings }) => findings.map((finding) => `${region} ${day} ${lineOf(finding)}`));

/** `missing vault recording#1 of c-1, <key> <version>: why`. */
export const lineOf = ({ kind, place, key, versionId, callId, item, why }: Finding): string => {
  const whose = [...(item ? [item] : []), ...(callId ? [`of ${callId}`] : [])].join(' ');
  const where = key ? `${key} ${versionId ?? ''}` : '';
  return `${kind} ${place} ${[whose, where].filter((part) => part !== '').join(', ')}: ${why}`;
};

function summary({ region, days, requests: { queries, lists, looks } }: ReconciledIn): string {
  const sum = (count: (day: ReconciledDay) => number): number => days.reduce((all, day) => all + count(day), 0);
  const compared = [
    counted(days.length, 'day'),
    counted(
      sum(({ calls }) => calls),
      'call',
    ),
    counted(
      sum(({ versions }) => versions),
      'version',
    ),
  ].join(', ');
  const findings = counted(
    sum((day) => day.findings.length),
    'finding',
  );
  const asked = `${queries} of DynamoDB, ${lists + looks} of S3`;
  return `${region}: ${compared}, ${findings}; requests: ${asked}`;
}
