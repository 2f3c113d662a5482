import { countOf } from '../../assess';
import { daysLeft } from '../../days';
import { badge, tally } from './badges';
import { groupsOf, type Group } from './groups';
import { html, type Markup } from './markup';
import type { Page } from './page';
import { openPlaces, passingPlaces } from './places';
import { byStatus, type Row } from './rows';
import { AUDIT_SEVERITY_WORDS, authorityLabel, counted, SEVERITY_WORDS, STATUS_SIGNS } from './words';
import { endText } from './waivers';

/** Each control with all that was found of it, worst first. */
export const details = (page: Page): Markup =>
  html`<section id="controls" aria-labelledby="controls-title">
    <h2 id="controls-title">What was found</h2>
    ${byStatus(page.rows).map(
      ([status, rows]) =>
        html`<section class="of-status">
          <h3>${STATUS_SIGNS[status].label} <small>${counted(rows.length, 'control')}</small></h3>
          ${rows.map((row) => control(row, page))}
        </section>`,
    )}
  </section>`;

const isOpen = (status: Row['status']): boolean => status === 'unmet' || status === 'indeterminate';

const control = (row: Row, page: Page): Markup =>
  html`<details class="control ${row.status}" data-row="${row.anchor}" ${isOpen(row.status) ? OPEN : undefined}>
    <summary>
      <span class="badge ${row.status}"
        ><span aria-hidden="true">${row.status && STATUS_SIGNS[row.status].symbol}</span
        ><span class="unseen">${row.status && STATUS_SIGNS[row.status].label}</span></span
      >
      <h4><b>${row.control}</b> ${row.title}</h4>
      ${tally(countOf(row.findings))}
    </summary>
    <div class="inside" id="${row.anchor}">
      ${about(row)} ${groupsOf(row.findings, page.columnOf).map((group) => found(group, page))}
    </div>
  </details> `;

const OPEN = html` open`;

const about = ({ citations, severity, reading, ofAuditsOnly }: Row): Markup =>
  html`<dl class="about">
    <dt>Asked by</dt>
    ${citations.map(({ authority, text }) => html`<dd>${authorityLabel(authority)}: ${text}</dd>`)}
    <dt>Severity</dt>
    <dd>${ofAuditsOnly ? AUDIT_SEVERITY_WORDS[severity] : SEVERITY_WORDS[severity]}</dd>
    ${
      reading === undefined
        ? undefined
        : html`<dt>Read by</dt>
            <dd>${reading}</dd>`
    }
  </dl>`;

function found(group: Group, page: Page): Markup {
  const { status, frameworks, spots } = group;
  const { asOf } = page.posture.inputs;
  const passes = status === 'met' || status === 'attested' || status === 'notApplicable';
  const at = [...new Set(spots.flatMap(({ columns }) => columns))].toSorted((a, b) => a - b);
  return html`<div
    class="group ${status}"
    data-status="${status}"
    data-columns="${at.join(' ')}"
    data-frameworks="${frameworks.map((one) => page.authorities.indexOf(one)).join(' ')}"
  >
    <p class="message">${badge(status)} <span class="text">${group.message}</span></p>
    ${remedied(group)}${waived(group, asOf)}${attested(group, asOf)}${
      passes ? passingPlaces(group, page.columns, page.data.add(spots)) : openPlaces(group, page.columns)
    }
  </div> `;
}

const remedied = ({ remedy }: Group): Markup | undefined =>
  remedy === undefined ? undefined : html`<p class="remedy"><b>Remedy</b> ${remedy}</p>`;

const waived = ({ waiver }: Group, asOf: string): Markup | undefined =>
  waiver &&
  html`<p class="waiver">
    <b>Waived</b> by ${waiver.owner} until ${waiver.expires}, ${endText(daysLeft(waiver.expires, asOf))}:
    ${waiver.reason}
  </p>`;

const attested = ({ attestedUntil }: Group, asOf: string): Markup | undefined =>
  attestedUntil === undefined
    ? undefined
    : html`<p class="waiver">Counts until ${attestedUntil}, ${endText(daysLeft(attestedUntil, asOf))}</p>`;
