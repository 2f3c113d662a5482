import type { CellPlan } from './cell-types';
import type { CopiesPlan, Decision, RetentionPlan } from './types';
import type { Retention } from './retention';
import type { RegionConfig } from '../config/schema';

export interface DecisionInput {
  readonly region: RegionConfig;
  readonly quiet: number;
  readonly cells: readonly CellPlan[];
  readonly retention: Retention;
  readonly copies: CopiesPlan;
  readonly jurisdiction: string;
}

/** What was decided and why, for a person who reads the plan. */
export function decisionsFor(input: DecisionInput): readonly Decision[] {
  return [placed(input), capacity(input), rtp(input), kept(input.retention.recording), copied(input)];
}

const placed = ({ region, cells }: DecisionInput): Decision => ({
  what: 'cells',
  value: cells.map((cell) => cell.azId).join(', '),
  why:
    'azIds' in region.cells
      ? 'declared, and every instance type is offered there'
      : `the first ${region.cells.count} AZ ids by name that offer every instance type`,
});

function capacity({ region, quiet, cells }: DecisionInput): Decision {
  const each = cells[0]?.calls ?? { min: 0, max: 0 };
  const why =
    cells.length > 1
      ? `${region.peakConcurrentCalls} at peak fit in ${cells.length - 1} of ${cells.length} cells; ${quiet} are carried at rest`
      : `one cell: its loss is the loss of the region's calls; ${quiet} are carried at rest`;
  return { what: 'calls per cell', value: `${each.min} to ${each.max}`, why };
}

function rtp({ cells }: DecisionInput): Decision {
  const ports = cells[0]?.edge.rtpPorts ?? { from: 0, to: 0 };
  return {
    what: 'RTP ports of an edge node',
    value: `${ports.from}-${ports.to}`,
    why: 'two legs of two ports a call, and half as many again for calls that just ended or drain',
  };
}

const kept = (recording: RetentionPlan): Decision => ({
  what: 'recordings kept',
  value: `${recording.days} ${recording.days === 1 ? 'day' : 'days'}, ${recording.lockMode ?? 'no lock'}`,
  why: recording.because,
});

const copied = ({ copies, jurisdiction }: DecisionInput): Decision => ({
  what: 'copies in',
  value: copies.region,
  why:
    copies.kind === 'region'
      ? `another region of jurisdiction ${jurisdiction}${copies.alerts === 'own' ? ', with alerts of its own' : ''}`
      : `jurisdiction ${jurisdiction} has one region, so the copy is a second bucket in it`,
});
