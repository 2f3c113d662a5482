import type { Drifted, Finding, Location, Status, WaiverRef } from '../../posture';
import { gathered } from '../grouping';

/** Findings of a control that say the same. */
export interface Group {
  readonly status: Status;
  readonly message: string;
  readonly remedy?: string;
  readonly waiver?: WaiverRef;
  readonly attestedUntil?: string;
  readonly frameworks: readonly string[];
  readonly count: number;
  readonly spots: readonly Spot[];
}

/** The same places in one column or in several: regions are built alike. */
export interface Spot {
  readonly columns: readonly number[];
  readonly places: readonly Place[];
}

/** Where a finding is, below its unit and region. */
export interface Place {
  readonly stack?: string;
  readonly resource?: string;
  readonly type?: string;
  readonly path?: string;
  readonly location?: Location;
  readonly drift?: readonly Drifted[];
}

export const groupsOf = (findings: readonly Finding[], columnOf: (finding: Finding) => number): Group[] =>
  gathered(findings, sayingOf).flatMap((same) => groupOf(same, columnOf) ?? []);

const sayingOf = ({ status, message, remedy, waiver, attestedUntil }: Finding): string =>
  JSON.stringify([status, message, remedy, waiver, attestedUntil]);

function groupOf(same: readonly Finding[], columnOf: (finding: Finding) => number): Group | undefined {
  const [first] = same;
  if (!first) return undefined;
  const { status, message, remedy, waiver, attestedUntil } = first;
  return {
    status,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(waiver ? { waiver } : {}),
    ...(attestedUntil === undefined ? {} : { attestedUntil }),
    frameworks: [...new Set(same.flatMap(({ framework }) => framework))],
    count: same.length,
    spots: spotsOf(same, columnOf),
  };
}

function spotsOf(same: readonly Finding[], columnOf: (finding: Finding) => number): Spot[] {
  const perColumn = gathered(
    same.map((finding) => ({ column: columnOf(finding), place: placeOf(finding) })),
    ({ column }) => String(column),
  );
  const columns = perColumn.map((of) => ({ column: of[0]?.column ?? -1, places: of.map(({ place }) => place) }));
  const alike = gathered(columns, ({ places }) => JSON.stringify(places));
  return alike.map((columns) => ({
    columns: columns.map(({ column }) => column),
    places: columns[0]?.places.filter((place) => Object.keys(place).length > 0) ?? [],
  }));
}

function placeOf({ unit, region = '', stack, resource, type, constructPath, location, drift }: Finding): Place {
  const path = constructPath === undefined ? undefined : below(`${stack ?? ''}/`, constructPath);
  return {
    ...(stack === undefined ? {} : { stack: below(`${unit}/${region}/`, stack) }),
    ...(resource === undefined ? {} : { resource }),
    ...(type === undefined ? {} : { type }),
    ...(path === undefined ? {} : { path }),
    ...(location ? { location } : {}),
    ...(drift && drift.length > 0 ? { drift } : {}),
  };
}

const below = (prefix: string, text: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : text);
