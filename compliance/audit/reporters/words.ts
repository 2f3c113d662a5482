import { AUTHORITIES } from '../../controls/formats/markdown';
import type { Authority } from '../../controls/control';
import { daysLeft } from '../days';
import { STATUSES, type Finding, type Posture, type Status, type Summary } from '../posture';
import { oneLine } from './clean';

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  unmet: 'unmet',
  indeterminate: 'indeterminate',
  waived: 'waived',
  attested: 'attested',
  met: 'met',
  notApplicable: 'not applicable',
};

export const MODE_WORDS: Readonly<Record<Posture['inputs']['mode'], string>> = {
  template: 'templates',
  deployment: 'a synthesised deployment',
  live: 'a live account',
};

export const authorityName = (authority: Authority): string => AUTHORITIES[authority];

/** `unmet 2, waived 28, met 1775`; what there is none of is left out. */
export const countsText = (summary: Summary): string =>
  STATUSES.filter((status) => summary[status] > 0)
    .map((status) => `${STATUS_WORDS[status]} ${summary[status]}`)
    .join(', ') || 'nothing judged';

/** Where a finding is, in a line. */
export function placeText({ unit, stack, resource, constructPath, region, location }: Finding): string {
  const line = location ? `${location.file}:${location.line}` : undefined;
  // A file of templates is a stack by its own name: once is enough.
  const place = location !== undefined && location.file === stack ? line : stack;
  const where = resource === undefined ? (constructPath ?? place) : [place, resource].filter(Boolean).join(' ');
  const inRegion = region !== undefined && !where?.includes(region) ? ` (${region})` : '';
  const written = line === undefined || line === place ? '' : `, ${line}`;
  return oneLine(`${where || `${unit} as a whole`}${inRegion}${written}`);
}

/** What was found, in a line. */
export const foundText = ({ message }: Finding): string => oneLine(message);

/** `by platform until 2027-03-01, 95 days left: reason`. */
export function waiverText({ waiver }: Finding, asOf: string): string | undefined {
  if (!waiver) return undefined;
  const { owner, expires, reason } = waiver;
  return oneLine(`by ${owner} until ${expires}, ${daysText(expires, asOf)}: ${reason}`);
}

export const daysText = (until: string, asOf: string): string => leftText(daysLeft(until, asOf));

export const leftText = (days: number): string => (days === 1 ? '1 day left' : `${days} days left`);
