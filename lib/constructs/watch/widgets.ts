import { GraphWidget, type IMetric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { type MeteredCell, nodeMetric, overMediaNodes, taskMetric } from '../scaling/cell-metrics';
import { tiersOf } from './tier-alarms';

/** A dashboard is 24 units wide. */
const THIRD = 8;

export const heading = (markdown: string): TextWidget => new TextWidget({ markdown, width: 24, height: 1 });

export interface Measure {
  readonly name: string;
  readonly measure: string;
  readonly target: string;
}

/** A table, because no metric says how a caller's business ended: people look, and saved queries help them. */
export function measuresWidget(measures: readonly Measure[]): TextWidget {
  const rows = measures.map(({ name, measure, target }) => [name, measure, target].map(cellText).join(' | '));
  const markdown = ['function | measure | target', '--- | --- | ---', ...rows].join('\n');
  return new TextWidget({ markdown, width: 24, height: 2 + measures.length });
}

/** A bar or a line break would end a cell of the table. */
const cellText = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: THIRD, height: 6, leftYAxis: { min: 0 } });

/** Calls in progress beside the calls the cell would still accept. */
export const callsWidget = (cell: MeteredCell): GraphWidget =>
  graph('Calls and free capacity', [
    overMediaNodes(cell, 'callsInProgress', 'calls in progress'),
    overMediaNodes(cell, 'callCapacity', 'free capacity'),
  ]);

export const refusalsWidget = (cell: MeteredCell): GraphWidget =>
  graph(
    'Refused calls and draining nodes',
    [nodeMetric(cell, 'callsRefused', 'Sum').with({ label: 'refused' })],
    [nodeMetric(cell, 'draining', 'Sum').with({ label: 'draining nodes' })],
  );

export const turnWidget = (cell: MeteredCell): GraphWidget =>
  new GraphWidget({
    title: 'Turn round trip (ms)',
    left: ['p50', 'p95'].map((statistic) => nodeMetric(cell, 'turnRoundTrip', statistic).with({ label: statistic })),
    leftAnnotations: [{ value: cell.plan.budgets.turnRoundTripMs, label: 'budget at p95' }],
    leftYAxis: { min: 0 },
    width: THIRD,
    height: 6,
  });

/** Running tasks against desired ones; the node tiers in one graph, the GPU tiers in another. */
export function taskWidgets(cell: MeteredCell): GraphWidget[] {
  const counts = (tiers: readonly string[]): IMetric[] =>
    tiersOf(cell.cell)
      .filter(({ tier }) => tiers.includes(tier))
      .flatMap(({ tier, serviceName }) => [
        taskMetric(cell, 'RunningTaskCount', serviceName).with({ label: `${tier} running` }),
        taskMetric(cell, 'DesiredTaskCount', serviceName).with({ label: `${tier} desired` }),
      ]);
  return [graph('Nodes', counts(['edge', 'media'])), graph('GPU tasks', counts(['stt', 'llm', 'tts']))];
}

export const spoolWidget = (cell: MeteredCell): GraphWidget =>
  new GraphWidget({
    title: 'Recordings not yet in the vault',
    left: [nodeMetric(cell, 'spoolAge', 'Maximum').with({ label: 'oldest (s)' })],
    right: [nodeMetric(cell, 'spoolBytes', 'Sum').with({ label: 'bytes' })],
    leftAnnotations: [{ value: cell.plan.budgets.spoolAgeSeconds, label: 'alarm' }],
    leftYAxis: { min: 0 },
    width: THIRD,
    height: 6,
  });
