import { hang } from '../../../regions/wrap';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import { findingCount, isClean, type RegionSummary, type SynthSummary } from '../summary';
import { oneLine } from './clean';

/** The summary for a terminal, at most 80 columns but for paths and names. Pure. */
export function renderSummary(summary: SynthSummary): string {
  const sections = [
    ...summary.regions.map(regionLines),
    failureLines(summary),
    ledgerLines(summary),
    [...summary.ended],
    totalLines(summary),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function regionLines({ plan, stacks, findings, met, waived }: RegionSummary): string[] {
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  const each = stacks.map((stack) => `${stack.name} ${stack.resources}`).join(', ');
  return [
    `${plan.deployment}/${plan.region}  ${plan.jurisdiction}, ${plan.frameworks.join(' + ') || 'no framework'}`,
    ...plan.cells.flatMap((cell) => hang(`  cell ${cell.azId}: `, cellText(cell))),
    ...hang('  ', keptText(plan)),
    ...hang('  ', `${stacks.length} stacks, ${resources} resources: ${each}`),
    `  checks: ${met} met, ${waived} waived, ${findings.length} findings`,
    ...notDeployable(plan),
  ];
}

function cellText({ calls, edge, media, inference }: CellPlan): string {
  const fleets = [edge, media].map((fleet) => `${fleet.tier} ${range(fleet.nodes)} ${fleet.instanceType}`);
  const gpus = inference.map((service) => `${service.tier} ${range(service.instances)} ${service.instanceType}`);
  return `${range(calls)} calls; ${[...fleets, ...gpus].join(', ')}`;
}

function keptText({ retention, copies }: RegionPlan): string {
  const { days, lockMode = 'without lock' } = retention.recording;
  return `recordings ${days} ${days === 1 ? 'day' : 'days'} ${lockMode}, copies in ${copies.region}`;
}

const notDeployable = ({ refusals, deployment }: RegionPlan): string[] =>
  refusals.length > 0
    ? hang('  ', `not deployable yet, for ${refusals.length} reasons: voicecell plan ${deployment}`)
    : [];

const failureLines = ({ failures }: SynthSummary): string[] =>
  failures.flatMap(({ rule, constructPath, description }) => [
    constructPath,
    ...hang('  ', `${rule}: ${oneLine(description)}`),
  ]);

const ledgerLines = ({ ledger }: SynthSummary): string[] =>
  ledger.flatMap(({ waiver, problem }) => hang('', `the waiver of ${waiver.rule} ${problem}`));

const totalLines = (summary: SynthSummary): string[] => [
  `checks met ${summary.met}, waived ${summary.waived}, warnings ${summary.warnings}, findings ${findingCount(summary)}`,
  `templates and validation-report.json: ${summary.outdir}`,
  ...hang('next: ', isClean(summary) ? NEXT_WHEN_CLEAN : NEXT_WITH_FINDINGS),
];

const NEXT_WHEN_CLEAN =
  'npx voicecell plan <deployment> shows every decision, npx voicecell deploy <deployment> deploys it';
const NEXT_WITH_FINDINGS =
  'mend the findings, or waive them in compliance/waivers.yaml with reason, owner and expiry, and run this again';

const range = ({ min, max }: { readonly min: number; readonly max: number }): string =>
  min === max ? `${min}` : `${min}-${max}`;
