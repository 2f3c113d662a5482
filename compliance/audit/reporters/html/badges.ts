import { STATUSES, type Status, type Summary } from '../../posture';
import { STATUS_WORDS } from '../words';
import { html, type Markup } from './markup';
import { grouped, STATUS_SIGNS } from './words';

/** A status as symbol, word and colour. */
export const badge = (status: Status): Markup =>
  html`<span class="badge ${status}"
    ><span aria-hidden="true">${STATUS_SIGNS[status].symbol}</span> ${STATUS_SIGNS[status].label}</span
  >`;

/** `3 unmet, 12 met`, each in its colour. */
export const tally = (summary: Summary): Markup =>
  html`<span class="tally"
    >${STATUSES.filter((status) => summary[status] > 0).map(
      (status) => html`<span class="ink-${status}">${grouped(summary[status])} ${STATUS_WORDS[status]}</span> `,
    )}</span
  >`;

/** Shares of a whole side by side; the numbers stand beside it. */
export function shares(summary: Summary): Markup {
  const whole = Math.max(
    1,
    STATUSES.reduce((sum, status) => sum + summary[status], 0),
  );
  let start = 0;
  const parts = STATUSES.map((status) => {
    const width = (summary[status] / whole) * 100;
    const part = html`<rect class="fill-${status}" x="${percent(start)}" width="${percent(width)}" height="100%" />`;
    start += width;
    return width > 0 ? part : undefined;
  });
  return html`<svg class="shares" aria-hidden="true">${parts}</svg>`;
}

/** At most two digits: the same on every machine. */
export const percent = (value: number): string => `${Number(value.toFixed(2))}%`;
