import type { Control } from '../controls/control';
import { RUNTIME_RULES } from './live/running/rules';
import { EVIDENCE } from './unread-findings';

/** What only an audit judges: no template shows it, or there is no template to show it. It has no check of its own. */
export type AuditControl = Pick<Control, 'id' | 'title' | 'citations' | 'severity' | 'live'>;

/** Beside the catalogue, in the order in which they are told. No waiver covers them. */
export const AUDIT_CONTROLS: readonly AuditControl[] = [
  EVIDENCE,
  ...Object.values(RUNTIME_RULES).map(({ id, title, citations, severity, live }) => ({
    id,
    title,
    citations,
    severity,
    live: live.join('; '),
  })),
];
