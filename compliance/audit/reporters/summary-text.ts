import type { RegionSummary, SynthSummary } from '../summary';

/** The summary for a terminal, at most 80 columns but for paths. */
export function renderSummary(summary: SynthSummary): string {
  return [...summary.regions.map(renderRegion), ...renderFailures(summary), renderTotals(summary)].join('\n\n');
}

function renderRegion({ plan, stacks, findings, waived }: RegionSummary): string {
  const total = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  const calls = plan.cells[0]?.calls ?? { min: 0, max: 0 };
  return [
    `${plan.deployment}/${plan.region}  ${plan.jurisdiction}, ${plan.frameworks.join(' + ') || 'no framework'}`,
    ...plan.cells.map((cell) => {
      const gpus = cell.inference.map(
        (service) => `${service.tier} ${range(service.instances)} ${service.instanceType}`,
      );
      return [
        `  cell ${cell.azId}: edge ${range(cell.edge.nodes)} ${cell.edge.instanceType}, media ${range(cell.media.nodes)} ${cell.media.instanceType}`,
        `    ${gpus.join(', ')}`,
      ].join('\n');
    }),
    `  calls per cell ${range(calls)}; recordings ${plan.retention.recording.days} days ${plan.retention.recording.lockMode ?? ''}, copies in ${plan.copies.region}`,
    `  ${stacks.length} stacks, ${total} resources: ${stacks.map((stack) => `${stack.name} ${stack.resources}`).join(', ')}`,
    `  checks: ${findings.length === 0 ? 'no finding' : `${findings.length} findings`}, ${waived} waived`,
    ...(plan.refusals.length > 0
      ? [`  not deployable yet: ${plan.refusals.length} reasons (voicecell deploy ${plan.deployment})`]
      : []),
  ]
    .flatMap((line) => line.split('\n').map(wrap))
    .join('\n');
}

function renderFailures({ failures }: SynthSummary): string[] {
  if (failures.length === 0) return [];
  return [
    failures
      .map(({ rule, constructPath, description }) => `${constructPath}\n  ${rule}: ${oneLine(description)}`)
      .join('\n'),
  ];
}

function renderTotals(summary: SynthSummary): string {
  const { met, waived, warnings, failures, outdir } = summary;
  return [
    `checks met ${met}, waived ${waived}, warnings ${warnings}, findings ${failures.length}`,
    `templates and validation-report.json: ${outdir}`,
    failures.length === 0
      ? 'next: voicecell plan <deployment> to see every decision, or npx cdk ls'
      : 'next: mend the findings, or waive them in compliance/waivers.yaml with reason, owner and expiry',
  ].join('\n');
}

const range = ({ min, max }: { readonly min: number; readonly max: number }): string =>
  min === max ? `${min}` : `${min}-${max}`;

const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();

/** Breaks a long line at spaces and indents what follows. */
function wrap(line: string): string {
  const indent = `${/^ */.exec(line)?.[0] ?? ''}  `;
  const lines: string[] = [];
  for (const word of line.trimStart().split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 80) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? `${indent.slice(2)}${word}` : `${indent}${word}`);
  }
  return lines.join('\n');
}
