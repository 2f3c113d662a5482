import { hang } from '../../../regions/wrap';
import type { Control } from '../control';
import { AUTHORITIES } from './markdown';

/** A paragraph a control, at most 80 columns. Pure. */
export const controlsText = (controls: readonly Control[]): string =>
  [
    ...controls.map(({ id, severity, title, citations }) =>
      [
        ...hang(`${id}  `, title),
        ...citations.flatMap(({ authority, text }) => hang('        ', `${AUTHORITIES[authority]}: ${text}`)),
        ...(severity === 'error' ? [] : [`        ${WORDS[severity]}`]),
      ].join('\n'),
    ),
    `${controls.length} controls`,
  ].join('\n\n');

const WORDS = { fatal: 'cannot be waived', warning: 'a warning' } as const;
