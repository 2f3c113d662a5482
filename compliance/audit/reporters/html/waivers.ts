import { controlOf } from '../../../nag/waivers';
import type { WaiverRow } from '../../posture';
import { html, type Markup } from './markup';
import type { Page } from './page';
import { counted } from './words';

/** A waiver that ends sooner is marked. */
const SOON_DAYS = 30;

/** The ledger of waivers, the first to end first. */
export function waivers({ posture }: Page): Markup {
  const rows = posture.waivers.toSorted((a, b) => a.daysLeft - b.daysLeft);
  return html`<section id="waivers" aria-labelledby="waivers-title">
    <h2 id="waivers-title">Waivers</h2>
    ${rows.length === 0 ? html`<p>Nothing is waived.</p>` : table(rows)}
  </section>`;
}

const table = (rows: readonly WaiverRow[]): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="Table of waivers">
    <table class="waivers">
      <caption class="unseen">
        Waivers, the first to end first
      </caption>
      <thead>
        <tr>
          <th scope="col">Rule and scope</th>
          <th scope="col">Reason</th>
          <th scope="col">Owner</th>
          <th scope="col">Ends</th>
          <th scope="col">Covers</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(line)}
      </tbody>
    </table>
  </div>`;

const line = ({ rule, scope, reason, owner, expires, daysLeft, covers }: WaiverRow): Markup =>
  html`<tr>
    <th scope="row">
      <code>${rule}</code>
      <ul>
        ${scope.map((place) => html`<li>${place}</li>`)}
      </ul>
    </th>
    <td data-label="Reason">${reason}</td>
    <td data-label="Owner">${owner}</td>
    <td data-label="Ends">${expires}<br />${endText(daysLeft)}</td>
    <td data-label="Covers">${coversText(rule, covers)}</td>
  </tr> `;

/** What rules of other packs find is known to their own validation. */
const coversText = (rule: string, covers: number): string =>
  covers === 0 && controlOf(rule) === undefined ? 'another pack' : counted(covers, 'finding');

/** `95 days left`, marked in words and colour when it is over or nearly so. */
export function endText(daysLeft: number): Markup {
  if (daysLeft < 0) return html`<span class="over">over for ${counted(-daysLeft, 'day')}</span>`;
  const left = counted(daysLeft, 'day');
  return daysLeft < SOON_DAYS ? html`<span class="soon">only ${left} left</span>` : html`<span>${left} left</span>`;
}
