import type { Preflight } from '../preflight';
import { worst, type Verdict } from '../verdict';
import { isRemarkable } from './group';

const WIDTH = 80;
const GAP = 2;

interface Widths {
  readonly label: number;
  readonly column: number;
}

/** Checks down, regions across; as many tables below each other as the regions need to fit a terminal. */
export function tables({ regions, verdicts }: Pick<Preflight, 'regions' | 'verdicts'>): string[] {
  const checks = [...new Set(verdicts.map(({ check }) => check))];
  const widths = { label: widest(checks), column: widest([...regions, 'cannot tell']) };
  const across = Math.max(1, Math.floor((WIDTH - widths.label) / (GAP + widths.column)));
  return chunks(regions, across).map((some) =>
    [
      row('', some, widths),
      ...checks.map((check) => {
        const cells = some.map((region) =>
          cell(verdicts.filter((one) => one.check === check && one.region === region)),
        );
        return row(check, cells, widths);
      }),
    ].join('\n'),
  );
}

const row = (name: string, cells: readonly string[], { label, column }: Widths): string =>
  [name.padEnd(label), ...cells.map((text) => text.padEnd(column))].join(' '.repeat(GAP)).trimEnd();

/** Worst of what a check found in a region; nothing where it does not apply. */
function cell(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return '-';
  const state = worst(verdicts.map((verdict) => verdict.state));
  return state === 'ok' && verdicts.some(isRemarkable) ? 'ok *' : state;
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
