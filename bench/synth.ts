import { checksCost, type ChecksCost } from './checks';
import { regionGrowth, type Growth } from './growth';
import { startTime, type Start } from './start';

export interface SynthBench {
  /** All cdk-nag packs and our checks over none, `sandbox` as it ships, with the CDK's built-in validator in both. */
  readonly checksOverBare: number;
  /** Cost of the 30th region over cost of the 2nd. */
  readonly regionMarginalGrowth: number;
  readonly rssMb30: number;
  readonly startSeconds: number;
  readonly startOverCdkSynth: number;
  readonly measured: {
    readonly withValidator: ChecksCost;
    /** As unit tests run it. */
    readonly withoutValidator: ChecksCost;
    readonly regions: Growth;
    readonly start: Start;
  };
}

/** What synthesis costs, as ratios against a peer of the same run. */
export function benchSynth(): SynthBench {
  const withValidator = checksCost({});
  const withoutValidator = checksCost({ CDK_VALIDATION: 'false' });
  const regions = regionGrowth();
  const start = startTime();
  return {
    checksOverBare: withValidator.ratio,
    regionMarginalGrowth: regions.ratio,
    rssMb30: regions.rssMb30,
    startSeconds: start.seconds,
    startOverCdkSynth: start.ratio,
    measured: { withValidator, withoutValidator, regions, start },
  };
}
