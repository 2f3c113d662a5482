import type { Finding, Posture } from '../../posture';
import { columnIndex, columnsOf, type Column } from './columns';
import { PlacesData } from './places-data';
import { rowsOf, type Row } from './rows';

/** What the parts of the page share. */
export interface Page {
  readonly posture: Posture;
  readonly columns: readonly Column[];
  readonly columnOf: (finding: Finding) => number;
  readonly rows: readonly Row[];
  /** Who asks, in the order of their names. */
  readonly authorities: readonly string[];
  readonly data: PlacesData;
}

export function pageOf(posture: Posture): Page {
  const columns = columnsOf(posture);
  return {
    posture,
    columns,
    columnOf: columnIndex(columns),
    rows: rowsOf(posture),
    authorities: [...new Set(posture.findings.flatMap(({ framework }) => framework))].toSorted(),
    data: new PlacesData(),
  };
}
