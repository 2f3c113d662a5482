import { STATUSES, type Finding } from '../../posture';
import { shares } from './badges';
import { columnKey, type Column } from './columns';
import { html, type Markup } from './markup';
import type { Page } from './page';
import { gathered } from '../grouping';
import { authorityLabel, grouped, STATUS_SIGNS } from './words';
import { standing } from './standing';

/** Who asks, and where: how many controls stand how. */
export function overview({ posture, columns, authorities }: Page): Markup {
  const inColumn = new Map(gathered(posture.findings, columnKey).map((of) => [of[0] ? columnKey(of[0]) : '', of]));
  const ofAuthority = (authority: string): readonly Finding[] =>
    posture.findings.filter(({ framework }) => framework.some((one) => one === authority));
  return html`<section id="overview" aria-labelledby="overview-title">
    <h2 id="overview-title">Overview</h2>
    <div class="pair">
      ${table(
        'By framework',
        'Framework',
        authorities.map((authority) => [authorityLabel(authority), ofAuthority(authority)]),
      )}${table(
        'By region',
        'Region',
        columns.map((column) => [name(column, columns), inColumn.get(columnKey(column)) ?? []]),
      )}
    </div>
    <p class="note">
      Controls, each by its worst finding in that row. A control that several frameworks ask for counts in each.
    </p>
  </section>`;
}

const name = ({ unit, region }: Column, columns: readonly Column[]): Part =>
  html`${region ?? 'the whole'}${columns.every((column) => column.unit === unit) ? '' : html` <small>${unit}</small>`}`;

type Part = Markup | string;

const table = (caption: string, head: string, rows: readonly (readonly [Part, readonly Finding[]])[]): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table class="counts">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${head}</th>
          ${STATUSES.map(
            (status) =>
              html`<th scope="col" title="${STATUS_SIGNS[status].label}">
                <span class="badge ${status}" aria-hidden="true">${STATUS_SIGNS[status].symbol}</span
                ><span class="unseen">${STATUS_SIGNS[status].label}</span>
              </th>`,
          )}
          <th scope="col"><span class="unseen">Shares</span></th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(([label, findings]) => row(label, findings))}
      </tbody>
    </table>
  </div>`;

function row(label: Part, findings: readonly Finding[]): Markup {
  const summary = standing(findings);
  return html`<tr>
    <th scope="row">${label}</th>
    ${STATUSES.map(
      (status) =>
        html`<td class="${summary[status] === 0 ? 'zero' : `ink-${status}`}">${grouped(summary[status])}</td>`,
    )}
    <td class="bar">${shares(summary)}</td>
  </tr> `;
}
