import type { DIMENSIONS, METRICS } from '../contract/metrics';
import type { Config } from './config';
import type { Status } from './doorman';

// An image is built from its folder alone; the types hold these to the contract.
const NAMES: Pick<typeof METRICS, 'callsInProgress' | 'callCapacity' | 'draining' | 'callsRefused' | 'turnRoundTrip'> =
  {
    callsInProgress: 'CallsInProgress',
    callCapacity: 'CallCapacity',
    draining: 'Draining',
    callsRefused: 'CallsRefused',
    turnRoundTrip: 'TurnRoundTrip',
  };
const DIMENSION_NAMES: typeof DIMENSIONS = { deployment: 'Deployment', region: 'Region', cell: 'Cell' };
/** CloudWatch takes a hundred values of a metric a line. */
const MOST_VALUES = 100;

type Place = Pick<Config, 'METRICS_NAMESPACE' | 'VOICECELL_DEPLOYMENT' | 'AWS_REGION' | 'VOICECELL_CELL'>;

/** What a node says of itself once a minute, in CloudWatch's embedded metric format. */
export class Minute {
  private readonly place: Place;
  private refusals = 0;
  private roundTrips: number[] = [];

  public constructor(place: Place) {
    this.place = place;
  }

  public refused(): void {
    this.refusals += 1;
  }

  public roundTrip(ms: number): void {
    if (this.roundTrips.length < MOST_VALUES) this.roundTrips.push(ms);
  }

  public line(status: Status, timestamp: number): string {
    const values = {
      [NAMES.callsInProgress]: status.calls,
      [NAMES.callCapacity]: status.capacity,
      [NAMES.draining]: status.draining ? 1 : 0,
      [NAMES.callsRefused]: this.refusals,
      ...(this.roundTrips.length > 0 ? { [NAMES.turnRoundTrip]: this.roundTrips } : {}),
    };
    this.refusals = 0;
    this.roundTrips = [];
    const metrics = Object.keys(values).map((name) => ({ Name: name, Unit: unitOf(name) }));
    const dimensions = [Object.values(DIMENSION_NAMES)];
    const directive = { Namespace: this.place.METRICS_NAMESPACE, Dimensions: dimensions, Metrics: metrics };
    return JSON.stringify({
      _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] },
      ...this.where(),
      ...values,
    });
  }

  private where(): Record<string, string> {
    return {
      [DIMENSION_NAMES.deployment]: this.place.VOICECELL_DEPLOYMENT,
      [DIMENSION_NAMES.region]: this.place.AWS_REGION,
      [DIMENSION_NAMES.cell]: this.place.VOICECELL_CELL,
    };
  }
}

const unitOf = (name: string): string => (name === NAMES.turnRoundTrip ? 'Milliseconds' : 'Count');
