import { countOf } from '../../assess';
import type { Finding } from '../../posture';
import { countsText } from '../words';
import { gathered } from '../grouping';
import type { Column } from './columns';
import { FAMILIES } from '../../../controls/formats/markdown';
import { html, type Markup } from './markup';
import type { Page } from './page';
import type { Row } from './rows';
import { worst } from './standing';
import { grouped, STATUS_SIGNS } from './words';

/** Controls by regions; each cell leads to what was found. */
export function matrix(page: Page): Markup {
  const families = gathered(page.rows, familyOf);
  return html`<section id="matrix" ${page.columns.length > MANY ? WIDE : undefined} aria-labelledby="matrix-title">
    <h2 id="matrix-title">Controls by region</h2>
    <p class="note">
      Each cell is the worst finding of a control in a region, with how many are open; an empty one means that nobody
      asks, that nothing there is what it is about, or, of cells as they run, that no account was asked.
      <span class="scripted" hidden>Arrow keys move between cells, Enter opens what was found.</span>
    </p>
    <p id="shown" class="note" role="status"></p>
    <div class="scroll matrix" tabindex="0" role="region" aria-label="Matrix, scrolls both ways">
      <table>
        <caption class="unseen">
          The worst status of each control in each region
        </caption>
        <thead>
          ${heads(page.columns)}
        </thead>
        ${families.map((rows) => family(rows, page))}
      </table>
    </div>
  </section>`;
}

/** More columns than fit beside whole titles. */
const MANY = 16;

const WIDE = html` class="wide"`;

function heads(columns: readonly Column[]): Markup {
  const units = gathered(columns, ({ unit }) => unit);
  const upper =
    units.length > 1
      ? html`<tr class="units">
          <td></td>
          ${units.map(
            (of) => html`<th scope="colgroup" colspan="${of.length}" data-unit="${of[0]?.unit}">${of[0]?.unit}</th>`,
          )}
        </tr>`
      : undefined;
  return html`${upper}
    <tr class="regions">
      <th scope="col">Control</th>
      ${columns.map(
        ({ unit, region }) =>
          html`<th scope="col" data-unit="${unit}" data-region="${region ?? ''}">
            <span>${region ?? 'the whole'}</span>
          </th>`,
      )}
    </tr> `;
}

const familyOf = ({ control }: Row): string => control.split('-')[0] ?? control;

const familyName = (family: string): string =>
  (Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined) ?? family;

function family(rows: readonly Row[], { columns, columnOf }: Page): Markup {
  const name = rows[0] ? familyOf(rows[0]) : '';
  return html`<tbody>
    <tr class="family">
      <th scope="rowgroup" colspan="${columns.length + 1}"><span>${familyName(name)}</span></th>
    </tr>
    ${rows.map((row) => line(row, columns, columnOf))}
  </tbody> `;
}

function line(row: Row, columns: readonly Column[], columnOf: Page['columnOf']): Markup {
  const cells = new Map(
    gathered(row.findings, (finding) => String(columnOf(finding))).map((of) => [of[0] ? columnOf(of[0]) : -1, of]),
  );
  const name = html`<b>${row.control}</b> <span>${row.title}</span>`;
  return html`<tr data-row="${row.anchor}">
    <th scope="row">${row.status ? html`<a href="#${row.anchor}">${name}</a>` : html`<div>${name}</div>`}</th>
    ${columns.map((_, index) => cell(row.anchor, cells.get(index) ?? []))}
  </tr> `;
}

function cell(anchor: string, findings: readonly Finding[]): Markup {
  const status = worst(findings);
  if (!status) return EMPTY;
  const open = status === 'unmet' || status === 'indeterminate' || status === 'waived';
  const count = open ? findings.filter((finding) => finding.status === status).length : 0;
  const shown = count > 1 ? html`<small>${grouped(count)}</small>` : undefined;
  const { symbol } = STATUS_SIGNS[status];
  const label = `${symbol}${count > 1 ? grouped(count) : ''} ${countsText(countOf(findings))}`;
  return html`<td>
    <a class="${status}" href="#${anchor}" tabindex="-1" aria-label="${label}">${symbol}${shown}</a>
  </td>`;
}

const EMPTY = html`<td></td>`;
