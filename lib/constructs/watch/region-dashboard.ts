import { Dashboard, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import type { MeteredCell } from '../scaling/cell-metrics';
import { callsWidget, heading, measuresWidget, refusalsWidget, spoolWidget, taskWidgets, turnWidget } from './widgets';

export interface RegionDashboardProps {
  readonly plan: RegionPlan;
}

/** One page for one region, cell under cell: what callers meet first, what carries them second. */
export class RegionDashboard extends Construct {
  constructor(scope: Construct, id: string, { plan }: RegionDashboardProps) {
    super(scope, id);
    const rows = [...functionRows(plan), ...plan.cells.flatMap((cell) => cellRows({ plan, cell }))];
    new Dashboard(this, 'Dashboard', { dashboardName: plan.names.prefix, widgets: rows });
  }
}

/** What people hold business functions to, where the deployment says. */
function functionRows({ sip }: RegionPlan): IWidget[][] {
  const measures = sip.numbers.flatMap(({ function: name, kpis = [] }) => kpis.map((kpi) => ({ name, ...kpi })));
  return measures.length > 0 ? [[heading('## Business functions')], [measuresWidget(measures)]] : [];
}

const cellRows = (cell: MeteredCell): IWidget[][] => [
  [heading(`## Cell ${cell.cell.azId}`)],
  [callsWidget(cell), refusalsWidget(cell), turnWidget(cell)],
  [...taskWidgets(cell), spoolWidget(cell)],
];
