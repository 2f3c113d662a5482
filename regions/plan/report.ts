import type { CellPlan, InferencePlan, Range, RegionPlan } from './types';

/** One region's plan for a person, at most 80 columns where names allow it. Pure. */
export function renderPlan(plan: RegionPlan): string {
  return [
    heading(plan),
    decisions(plan),
    ...plan.cells.map((cell) => renderCell(cell)),
    kept(plan),
    network(plan),
    refusals(plan),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

const heading = (plan: RegionPlan): string =>
  [
    `${plan.deployment}/${plan.region}`,
    `  account ${plan.account}, partition ${plan.partition}, jurisdiction ${plan.jurisdiction}`,
    `  frameworks ${plan.frameworks.join(', ') || 'none'}; ${plan.purpose}${plan.home ? '; home region' : ''}`,
  ].join('\n');

const decisions = (plan: RegionPlan): string =>
  ['decided', ...plan.decisions.flatMap(({ what, value, why }) => [`  ${what}: ${value}`, `    because ${why}`])].join(
    '\n',
  );

function renderCell(cell: CellPlan): string {
  const fleets = [cell.edge, cell.media].map((fleet) =>
    row(
      fleet.tier,
      `${fleet.instanceType} x ${range(fleet.nodes)} (+${fleet.surge})`,
      `${fleet.callsPerNode} calls each`,
    ),
  );
  return [
    `cell ${cell.azId}: ${range(cell.calls)} calls, ${cell.elasticIps} Elastic IPs`,
    ...fleets,
    ...cell.inference.map(inferenceRow),
    `  names in ${cell.namespace}`,
  ].join('\n');
}

function inferenceRow(service: InferencePlan): string {
  const size = `${service.instanceType} x ${range(service.instances)}`;
  const lock = service.image.digest ? 'locked' : 'unlocked';
  return `${row(service.tier, size, `${service.callsPerTask} calls a task`)}\n         ${service.model.repository} on ${service.image.reference} (${lock})`;
}

const kept = (plan: RegionPlan): string =>
  [
    'kept',
    ...Object.values(plan.retention).map((entry) =>
      row(entry.dataClass, `${entry.days} days`, [entry.lockMode, entry.because].filter(Boolean).join('; '), 12),
    ),
    `  copies in ${plan.copies.region}`,
  ].join('\n');

const network = (plan: RegionPlan): string =>
  [
    'network',
    `  VPC ${plan.network.vpcCidr}; SIP at ${plan.sip.hostname} (records live ${plan.sip.recordTtlSeconds} s)`,
    ...plan.sip.carriers.map(
      (carrier) =>
        `  carrier ${carrier.name}: ${carrier.transport}, SRTP ${carrier.srtp}, from ${carrier.signallingCidrs.join(' ')}`,
    ),
  ].join('\n');

const refusals = ({ refusals: reasons }: RegionPlan): string =>
  reasons.length > 0
    ? ['deploying commands refuse, because', ...reasons.map((reason) => `  ${reason}`)].join('\n')
    : '';

const row = (name: string, value: string, note: string, width = 6): string =>
  `  ${name.padEnd(width)} ${value.padEnd(26)} ${note}`.trimEnd();

const range = ({ min, max }: Range): string => (min === max ? `${min}` : `${min}-${max}`);
