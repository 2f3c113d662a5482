import { STATUSES } from '../../posture';
import { MODE_WORDS, STATUS_WORDS } from '../words';
import { html, type Markup } from './markup';
import type { Page } from './page';
import { standing } from './standing';
import { counted, grouped, listed, STATUS_SIGNS } from './words';

/** What was audited, by what, and how it stands in a sentence and in six numbers. */
export function header(page: Page): Markup {
  const { posture } = page;
  return html`<header class="top">
      <p class="kicker">Compliance posture</p>
      <h1>${title(page)}</h1>
      <p class="lead">
        Judged from ${MODE_WORDS[posture.inputs.mode]} as of
        <time datetime="${posture.inputs.asOf}">${posture.inputs.asOf}</time> by ${posture.tool.name}
        ${posture.tool.version} with ${counted(posture.catalogue.controls, 'control')}, sources read until
        ${posture.catalogue.checkedOn}.
      </p>
      <p class="seal"><span>SHA-256</span> <code>${posture.sha256}</code></p>
    </header>
    ${limits(posture.inputs.limits)}
    <section class="verdict" aria-labelledby="verdict">
      <h2 id="verdict">${verdict(page)}</h2>
      ${tiles(page)}
    </section>`;
}

export const title = ({ posture }: Page): string => listed(posture.inputs.units.map(({ name }) => name)) || 'nothing';

/** An unread file is told before any number. */
const limits = (lines: readonly string[]): Markup | undefined =>
  lines.length === 0
    ? undefined
    : html`<section class="limits" aria-labelledby="limits">
        <h2 id="limits">What could not be read</h2>
        <p>What rests on it is indeterminate, which is no pass.</p>
        <ul>
          ${lines.map((line) => html`<li>${line}</li>`)}
        </ul>
      </section>`;

function verdict({ posture }: Page): string {
  const { unmet, indeterminate, waived, attested } = standing(posture.findings);
  if (unmet + indeterminate > 0) return openVerdict(unmet, indeterminate);
  if (posture.findings.length === 0) return 'Nothing was judged.';
  const rests = [
    ...(waived > 0 ? [resting(waived, 'waivers')] : []),
    ...(attested > 0 ? [resting(attested, 'somebody’s word')] : []),
  ];
  return `No control is open${rests.length > 0 ? `; ${listed(rests)}` : ''}.`;
}

const resting = (controls: number, on: string): string =>
  `${counted(controls, 'control')} ${controls === 1 ? 'rests' : 'rest'} on ${on}`;

function openVerdict(unmet: number, indeterminate: number): string {
  const unclear = `${counted(indeterminate, 'control')} cannot be shown, which is no pass`;
  if (unmet === 0) return `No control is seen to fail, but ${unclear}.`;
  const failing = `${counted(unmet, 'control')} ${unmet === 1 ? 'is' : 'are'} unmet`;
  return indeterminate === 0 ? `${failing}.` : `${failing}, and ${unclear}.`;
}

function tiles({ posture }: Page): Markup {
  const controls = standing(posture.findings);
  return html`<ul class="tiles">
      ${STATUSES.map(
        (status) =>
          html`<li class="tile ${status}${controls[status] === 0 ? ' none' : ''}">
            <span class="sign" aria-hidden="true">${STATUS_SIGNS[status].symbol}</span>
            <strong>${grouped(controls[status])}</strong> <span class="name">${STATUS_WORDS[status]}</span>
            <span class="of">${counted(posture.summary[status], 'finding')}</span>
          </li>`,
      )}
    </ul>
    <p class="note">
      The large number counts controls, each by its worst finding.
      ${STATUSES.map(
        (status) => html`<span><b>${STATUS_SIGNS[status].label}</b>: ${STATUS_SIGNS[status].meaning}.</span> `,
      )}
    </p>`;
}
