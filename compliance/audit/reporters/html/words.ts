import { AUTHORITIES } from '../../../controls/formats/markdown';
import type { Control } from '../../../controls/control';
import type { Status } from '../../posture';

interface StatusWords {
  readonly label: string;
  /** Beside the colour, never instead of it. */
  readonly symbol: string;
  readonly meaning: string;
}

export const STATUS_SIGNS: Readonly<Record<Status, StatusWords>> = {
  unmet: { label: 'Unmet', symbol: '✕', meaning: 'the evidence shows that it does not hold' },
  indeterminate: { label: 'Indeterminate', symbol: '?', meaning: 'the evidence does not show it, which is no pass' },
  waived: { label: 'Waived', symbol: 'W', meaning: 'open, and accepted by a named owner until a day' },
  attested: { label: 'Attested', symbol: 'A', meaning: 'met on somebody’s word, not on evidence' },
  met: { label: 'Met', symbol: '✓', meaning: 'the evidence shows that it holds' },
  notApplicable: { label: 'Not applicable', symbol: '–', meaning: 'asked, but nothing here is what it is about' },
};

export const SEVERITY_WORDS: Readonly<Record<Control['severity'], string>> = {
  fatal: 'Fatal: nobody can waive it',
  error: 'Error: can be waived with reason, owner and end',
  warning: 'Warning: fails nothing',
};

/** Of what only an audit judges: the ledger of waivers is of templates. */
export const AUDIT_SEVERITY_WORDS: Readonly<Record<Control['severity'], string>> = {
  fatal: SEVERITY_WORDS.fatal,
  error: 'Error: no waiver covers it',
  warning: SEVERITY_WORDS.warning,
};

const NAMES: Readonly<Record<string, string>> = AUTHORITIES;

/** Of a posture that another version may have made. */
export const authorityLabel = (authority: string): string =>
  Object.hasOwn(NAMES, authority) ? (NAMES[authority] ?? authority) : authority;

/** `1,096`. */
export const grouped = (count: number): string => count.toLocaleString('en-US');

/** `1 control`, `1,096 days`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  const rest = items.slice(0, -1);
  return rest.length > 0 ? `${rest.join(', ')} and ${items.at(-1) ?? ''}` : (items[0] ?? '');
}
