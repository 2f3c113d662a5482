import type { Citation } from '../control';
import type { Evidence } from '../evidence';

/** What every control on residency rests on: the jurisdiction a deployment declares, and what was promised of it. */
export const RESIDENCY: readonly [Citation, Citation] = [
  { authority: 'residency', text: 'declared jurisdiction: GDPR Chapter V, contract' },
  { authority: 'soc2', text: 'TSC 2017 C1.1' },
];

export const isAllowed = ({ scope }: Evidence, region: string): boolean => scope.regions.includes(region);

/** The regions one may use, for messages. */
export const allowedList = ({ scope }: Evidence): string => scope.regions.join(', ') || 'no region at all';
