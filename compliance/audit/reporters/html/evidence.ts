import type { Inputs, UnitInput } from '../../posture';
import { html, type Markup } from './markup';
import type { Page } from './page';
import { authorityLabel, counted } from './words';

/** What was judged, so that somebody else can judge it again. */
export const evidence = ({ posture: { inputs, sha256 } }: Page): Markup =>
  html`<section id="evidence" aria-labelledby="evidence-title">
    <h2 id="evidence-title">Evidence</h2>
    <dl class="audited">${inputs.units.map(unit)}</dl>
    ${files(inputs.files)}
    <p>
      SHA-256 of the posture as canonical JSON: <code>${sha256}</code>. Whoever holds the JSON report of this audit can
      compute it again; this page shows the same posture and is the same, byte for byte, each time it is made of it.
    </p>
  </section>`;

const unit = ({ name, frameworks, regions, allowedRegions }: UnitInput): Markup =>
  html`<div>
    <dt>${name}</dt>
    <dd>Frameworks: ${frameworks.map(authorityLabel).join(', ') || 'none'}</dd>
    <dd>Stands in: ${regions.join(', ') || 'no region that is known'}</dd>
    <dd>Data may lie in: ${allowedRegions.join(', ') || 'no region that is declared'}</dd>
  </div>`;

const files = (of: Inputs['files']): Markup | undefined =>
  of.length === 0
    ? undefined
    : html`<details class="files">
        <summary>${counted(of.length, 'file')} judged, each with its SHA-256</summary>
        <ul>
          ${of.map(({ path, sha256 }) => html`<li>${path} <code>${sha256}</code></li>`)}
        </ul>
      </details>`;
