import type { RetentionRow } from '../../posture';
import { against, keptOf, type Kept } from './kept';
import { html, type Markup } from './markup';
import { keptText, regionsOf } from './retention-words';
import { counted } from './words';

/** What the chart shows, and who asks for it, in words. */
export const retentionTable = (rows: readonly RetentionRow[]): Markup =>
  html`<details class="data">
    <summary>The same as a table, with who asks and which stores</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Retention of ${rows[0]?.unit}">
      <table>
        <caption class="unseen">
          Retention of ${rows[0]?.unit}
        </caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Floor</th>
            <th scope="col">Ceiling</th>
            <th scope="col">At hand</th>
            <th scope="col">Asked by</th>
            <th scope="col">Kept</th>
            <th scope="col">Stores</th>
            <th scope="col">Regions</th>
          </tr>
        </thead>
        ${rows.map(classRows)}
      </table>
    </div>
  </details>`;

function classRows(row: RetentionRow): Markup {
  const kept = keptOf(row);
  const span = Math.max(1, kept.length);
  const { floorDays, ceilingDays, accessibleDays, lockMode, because } = row;
  const floor = floorDays === 0 ? 'none' : `${counted(floorDays, 'day')}${lockMode ? `, ${lockMode}` : ''}`;
  const head = html`<th scope="rowgroup" rowspan="${span}">${row.dataClass}</th>
    <td rowspan="${span}">${floor}</td>
    <td rowspan="${span}">${ceilingDays === undefined ? 'none' : counted(ceilingDays, 'day')}</td>
    <td rowspan="${span}">${accessibleDays === 0 ? 'not asked' : counted(accessibleDays, 'day')}</td>
    <td rowspan="${span}">${because.join('; ') || 'nobody'}</td>`;
  const [first, ...rest] = kept.map((of) => keptCells(of, row));
  return html`<tbody>
    <tr>
      ${head}${first ?? html`<td colspan="3">no store is built</td>`}
    </tr>
    ${rest.map(
      (cells) =>
        html`<tr>
          ${cells}
        </tr>`,
    )}
  </tbody> `;
}

function keptCells(kept: Kept, row: RetentionRow): Markup {
  const side = against(kept, row);
  const names = [...new Set(kept.stores.map(({ resource }) => resource))];
  return html`<td>
      ${keptText(kept)}${side && html` <b class="${side}">${side === 'below' ? 'below the floor' : 'over the ceiling'}</b>`}
    </td>
    <td>${names.map((name) => html`<code>${name}</code> `)}</td>
    <td>${regionsOf(kept.stores).join(', ')}</td>`;
}
