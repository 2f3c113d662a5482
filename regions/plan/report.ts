import { hang } from '../wrap';
import type { CellPlan, FleetPlan, InferencePlan, Range } from './cell-types';
import type { RegionPlan } from './types';

/** One region's plan for a person, at most 80 columns where names allow it. Pure. */
export function renderPlan(plan: RegionPlan): string {
  const sections = [
    heading(plan),
    decisions(plan),
    ...plan.cells.map((cell) => renderCell(cell)),
    kept(plan),
    network(plan),
    names(plan),
    refusals(plan),
  ];
  return sections
    .map((lines) => lines.join('\n'))
    .join('\n\n')
    .trimEnd();
}

const heading = (plan: RegionPlan): string[] => [
  `${plan.deployment}/${plan.region}`,
  `  account ${plan.account}, partition ${plan.partition}, jurisdiction ${plan.jurisdiction}`,
  `  frameworks ${plan.frameworks.join(', ') || 'none'}; ${plan.purpose}${plan.home ? '; home region' : ''}`,
];

const decisions = (plan: RegionPlan): string[] => [
  'decided',
  ...plan.decisions.flatMap(({ what, value, why }) => [
    ...hang(`  ${what}: `, value),
    ...hang('    ', `because ${why}`),
  ]),
];

const renderCell = (cell: CellPlan): string[] => [
  `cell ${cell.azId}: ${range(cell.calls)} calls, ${cell.elasticIps} Elastic IPs`,
  ...[cell.edge, cell.media].flatMap(fleetRow),
  ...cell.inference.flatMap(inferenceRows),
  `  names in ${cell.namespace}`,
];

const fleetRow = (fleet: FleetPlan): string[] =>
  row(
    fleet.tier,
    `${fleet.instanceType} x ${range(fleet.nodes)} (+${fleet.surge})`,
    `${fleet.callsPerNode} calls each, RTP ${fleet.rtpPorts.from}-${fleet.rtpPorts.to}`,
  );

const inferenceRows = (service: InferencePlan): string[] => [
  ...row(service.tier, `${service.instanceType} x ${range(service.instances)}`, `${service.callsPerTask} calls a task`),
  `         ${service.model.repository}`,
  `         on ${service.image.reference} (${service.image.digest ? 'locked' : 'unlocked'})`,
];

const kept = (plan: RegionPlan): string[] => [
  'kept',
  ...Object.values(plan.retention).flatMap(({ dataClass, days, lockMode, because }) =>
    row(dataClass, `${days} ${days === 1 ? 'day' : 'days'}`, [lockMode, because].filter(Boolean).join('; '), 10, 10),
  ),
  `  copies in ${plan.copies.region}`,
];

const network = (plan: RegionPlan): string[] => [
  'network',
  `  VPC ${plan.network.vpcCidr}`,
  ...hang('  SIP ', `${plan.sip.hostname}, records live ${plan.sip.recordTtlSeconds} s`),
  ...plan.sip.carriers.flatMap(({ name, transport, srtp, signallingCidrs }) =>
    hang(`  carrier ${name}: `, `${transport}, SRTP ${srtp}, from ${signallingCidrs.join(' ')}`),
  ),
];

const names = ({ names: { buckets, keyAliases, roles, repositories, ...rest } }: RegionPlan): string[] => [
  'names',
  ...hang('  buckets: ', Object.values(buckets).join(' ')),
  ...hang('  keys:    ', Object.values(keyAliases).join(' ')),
  ...hang('  roles:   ', Object.values(roles).join(' ')),
  ...hang('  images:  ', Object.values(repositories).join(' ')),
  ...hang('  others:  ', [rest.ledgerTable, rest.trail, rest.topic, rest.copiesTopic, rest.logGroupPrefix].join(' ')),
];

const refusals = ({ refusals: reasons }: RegionPlan): string[] =>
  reasons.length > 0 ? ['deploying commands refuse, because', ...reasons.flatMap((reason) => hang('  ', reason))] : [];

const row = (name: string, value: string, note: string, nameWidth = 6, valueWidth = 26): string[] =>
  hang(`  ${name.padEnd(nameWidth)} ${value.padEnd(valueWidth)} `, note);

const range = ({ min, max }: Range): string => (min === max ? `${min}` : `${min}-${max}`);
