import type { AzReport, RegionReport, RegionsReport } from './report';
import { hang } from '../wrap';

const NAME_WIDTH = 18;

/** The report as text at most 80 columns wide: by jurisdiction, then region, with what each AZ that cannot lacks. */
export function renderRegions(report: RegionsReport): string {
  return [
    ...hang('', `AZ ids that can hold a cell of ${report.types.join(', ')}`),
    ...jurisdictionsOf(report).flatMap((key) => ['', key, ...regionsIn(report, key).flatMap(regionLines)]),
    '',
    ...hang('', withoutFactsNote(report.withoutFacts)),
    ...report.sources.flatMap(({ asOf, source }) => hang('', `Offerings as of ${asOf}: ${source}.`)),
    ...hang('', report.caveat),
  ].join('\n');
}

const jurisdictionsOf = ({ regions }: RegionsReport): string[] => [
  ...new Set(regions.map(({ jurisdiction }) => jurisdiction)),
];

const regionsIn = ({ regions }: RegionsReport, key: string): RegionReport[] =>
  regions.filter(({ jurisdiction }) => jurisdiction === key);

function regionLines(region: RegionReport): string[] {
  const able = region.azs.filter(({ missing }) => missing.length === 0).map(({ azId }) => azId);
  return [
    ...hang(`  ${region.region}`.padEnd(NAME_WIDTH), able.length > 0 ? able.join(' ') : 'none'),
    ...region.azs.filter(({ missing }) => missing.length > 0).flatMap((az) => azLines(az, region)),
  ];
}

const azLines = (az: AzReport, region: RegionReport): string[] =>
  hang(
    `    ${az.azId}`.padEnd(NAME_WIDTH),
    [`no ${az.missing.join(', ')}`, nearestNote(region), ...here(az)].join('; '),
  );

function nearestNote({ region, jurisdiction, nearest }: RegionReport): string {
  if (!nearest) return `nearest: none in ${jurisdiction}`;
  return `nearest: ${nearest.region === region ? '' : `${nearest.region} `}${nearest.azIds[0] ?? ''}`;
}

/** What the AZ could hold instead, only when every type it lacks has a stand-in. */
function here({ instead = {} }: AzReport): string[] {
  const swaps = Object.entries(instead).map(([type, [best]]) => best && `${best} for ${type}`);
  return swaps.every(Boolean) ? [`or here: ${swaps.join(', ')}`] : [];
}

const withoutFactsNote = (regions: readonly string[]): string =>
  regions.length > 0
    ? `Offerings unknown, so no cell fits: ${regions.join(', ')}. Read them with voicecell catalog refresh --region <region>.`
    : '';
