import { hang } from '../../../regions/wrap';
import type { AuditControl } from '../../audit/audit-controls';
import type { Control } from '../control';
import { AUTHORITIES } from './markdown';

/** A paragraph a control, at most 80 columns. Pure. */
export const controlsText = (controls: readonly Control[], auditControls: readonly AuditControl[]): string =>
  [
    ...controls.map((control) =>
      [...linesOf(control), ...(control.severity === 'error' ? [] : [`        ${WORDS[control.severity]}`])].join('\n'),
    ),
    ...auditControls.map((control) =>
      [
        ...linesOf(control),
        ...hang('        looks at ', control.live),
        `        only audits judge it; ${control.severity === 'warning' ? WORDS.warning : WORDS.fatal}`,
      ].join('\n'),
    ),
    countsText(controls.length, auditControls.length),
  ].join('\n\n');

const countsText = (controls: number, auditControls: number): string =>
  [
    ...(controls > 0 || auditControls === 0 ? [`${controls} controls`] : []),
    ...(auditControls > 0 ? [`${auditControls} of audits only`] : []),
  ].join(', ');

const linesOf = ({ id, title, citations }: AuditControl): readonly string[] => [
  ...hang(`${id}  `, title),
  ...citations.flatMap(({ authority, text }) => hang('        ', `${AUTHORITIES[authority]}: ${text}`)),
];

const WORDS = { fatal: 'cannot be waived', warning: 'a warning' } as const;
