import type { Finding, Posture } from '../../posture';

/** A region of a unit; what is about the unit as a whole has a column of its own. */
export interface Column {
  readonly unit: string;
  readonly region?: string;
}

/** Unit by unit, what is about the whole before its regions. */
export function columnsOf({ inputs, findings }: Posture): Column[] {
  const regionsOf = new Map(inputs.units.map(({ name, regions }) => [name, new Set<string | undefined>(regions)]));
  for (const { unit, region } of findings) {
    const regions = regionsOf.get(unit) ?? new Set();
    regionsOf.set(unit, regions.add(region));
  }
  return [...regionsOf].flatMap(([unit, regions]) => [
    ...(regions.has(undefined) ? [{ unit }] : []),
    ...[...regions]
      .filter((region) => region !== undefined)
      .toSorted()
      .map((region) => ({ unit, region })),
  ]);
}

export const columnKey = ({ unit, region }: Pick<Finding, 'unit' | 'region'>): string =>
  JSON.stringify([unit, region ?? null]);

/** Where a finding stands in the matrix. */
export function columnIndex(columns: readonly Column[]): (finding: Finding) => number {
  const indexes = new Map(columns.map((column, index) => [columnKey(column), index]));
  return (finding) => indexes.get(columnKey(finding)) ?? -1;
}

/** As a person names it, with the unit where there are several. */
export function columnName({ unit, region = 'the whole' }: Column, columns: readonly Column[]): string {
  return columns.every((column) => column.unit === unit) ? region : `${unit} ${region}`;
}
