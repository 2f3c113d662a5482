import type { RetentionRow } from '../../posture';
import { gathered } from '../grouping';
import { percent } from './badges';
import { against, keptOf, type Kept } from './kept';
import { html, type Markup } from './markup';
import type { Page } from './page';
import { retentionTable } from './retention-table';
import { keptText, storesText } from './retention-words';
import { timeAxis, type TimeAxis } from './time-axis';
import { counted } from './words';

/** What each class of data is kept, beside what is asked of it: unit by unit, on one scale. */
export function retention({ posture }: Page): Markup {
  const axis = timeAxis(posture.retention);
  return html`<section id="retention" aria-labelledby="retention-title">
    <h2 id="retention-title">Retention</h2>
    ${posture.retention.length === 0 ? html`<p>Nothing asks for data to be kept, and no store says what it holds.</p>` : EXPLAINED}
    ${gathered(posture.retention, ({ unit }) => unit).map((rows) => unitChart(rows, axis))}
  </section>`;
}

const EXPLAINED = html`<p class="note">
    Bars are days for which stores lock or keep what they hold; stores that keep alike share a bar. The line is the
    floor; beyond the hatching data is over its ceiling. A store below the floor is no finding by itself, as another
    store of the class may be the one that keeps: <a href="#controls">the controls</a> judge that.
  </p>
  <svg class="defs" aria-hidden="true">
    <defs>
      <pattern id="over" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V6" class="hatch" />
      </pattern>
    </defs>
  </svg>`;

const unitChart = (rows: readonly RetentionRow[], axis: TimeAxis): Markup =>
  html`<figure class="retention">
    <figcaption><h3>${rows[0]?.unit}</h3></figcaption>
    ${rows.map((row) => classChart(row, axis))}
    <div class="class axis">
      <div></div>
      ${axisChart(axis)}
    </div>
    ${retentionTable(rows)}
  </figure>`;

function classChart(row: RetentionRow, axis: TimeAxis): Markup {
  const kept = keptOf(row);
  return html`<div class="class">
    <div class="asked">
      <h4>${row.dataClass}</h4>
      <p>${asked(row)}</p>
    </div>
    ${kept.length === 0 ? html`<p class="empty">No store of this class is built.</p>` : bars(row, kept, axis)}
  </div> `;
}

function asked({ floorDays, ceilingDays, lockMode, clock }: RetentionRow): string {
  const parts = [
    floorDays === 0 ? 'no floor' : `at least ${counted(floorDays, 'day')}`,
    ...(ceilingDays === undefined ? [] : [`at most ${counted(ceilingDays, 'day')}`]),
    ...(lockMode ? [`${lockMode} lock`] : []),
    ...(clock === 'event' ? ['counted from an event'] : []),
  ];
  return parts.join(', ');
}

const LINE_HEIGHT = 36;

function bars(row: RetentionRow, kept: readonly Kept[], axis: TimeAxis): Markup {
  const height = kept.length * LINE_HEIGHT;
  const label = `${row.dataClass}: ${asked(row)}; ${kept.map((of) => `${keptText(of)} in ${storesText(of)}`).join('; ')}`;
  const each = (draw: (of: Kept, top: number) => Markup): Markup[] =>
    kept.map((of, index) => draw(of, index * LINE_HEIGHT));
  return html`<svg class="bars" role="img" aria-label="${label}" height="${height}">
    ${grid(axis, height)}${ceiling(row, axis)}${each((of, top) => bar(of, axis, top))}${floor(row, axis)}
    ${each((of, top) => barText(of, row, top))}
  </svg>`;
}

const grid = ({ at, ticks }: TimeAxis, height: number): Markup[] =>
  ticks.map(({ days }) => {
    const x = percent(at(days));
    return html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${height}" />`;
  });

const ceiling = ({ ceilingDays }: RetentionRow, { at }: TimeAxis): Markup | undefined =>
  ceilingDays === undefined
    ? undefined
    : html`<rect
        x="${percent(at(ceilingDays))}"
        width="${percent(100 - at(ceilingDays))}"
        height="100%"
        fill="url(#over)"
      />`;

const floor = ({ floorDays }: RetentionRow, { at }: TimeAxis): Markup | undefined =>
  floorDays === 0
    ? undefined
    : html`<line class="floor" x1="${percent(at(floorDays))}" x2="${percent(at(floorDays))}" y1="0" y2="100%" />`;

function bar({ days = 0, isForever, lockMode }: Kept, { at }: TimeAxis, top: number): Markup {
  const width = isForever ? 100 : Math.max(at(days), 0.4);
  return html`<rect
    class="kept${lockMode ? ' locked' : ''}"
    x="0"
    y="${top + 21}"
    width="${percent(width)}"
    height="9"
    rx="2"
  />`;
}

function barText(kept: Kept, row: RetentionRow, top: number): Markup {
  const side = against(kept, row);
  return html`<text x="4" y="${top + 15}">
    <tspan class="days">${keptText(kept)}</tspan> ·
    ${storesText(kept)}${side ? html` <tspan class="${side}">▲ ${MARKS[side]}</tspan>` : undefined}
  </text>`;
}

const MARKS = { below: 'below the floor', above: 'over the ceiling' } as const;

const axisChart = ({ at, ticks }: TimeAxis): Markup =>
  html`<svg class="ticks" height="20" aria-hidden="true">
    ${ticks.map(
      ({ days, label }, index) =>
        html`<text x="${percent(at(days))}" y="14" text-anchor="${index === 0 ? 'start' : 'middle'}">${label}</text>`,
    )}
  </svg>`;
