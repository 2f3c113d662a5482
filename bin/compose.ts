import { App, Validations, type AppProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CoLocation } from '../compliance/colocation/plugin';
import { checkedPacks, type Tally } from '../compliance/nag/packs';
import { unitsOf } from '../compliance/controls/unit';
import type { Waiver } from '../compliance/nag/waivers';
import { featureFlags } from '../lib/feature-flags';
import { VoiceRegion } from '../lib/voice-region';
import type { Inputs } from './inputs';

export interface Composed {
  readonly app: App;
  /** Counts what the packs found to hold, once the app has been synthesised. */
  readonly tally: Tally;
  /** Waivers that covered a finding, once the app has been synthesised. */
  readonly usedWaivers: ReadonlySet<Waiver>;
}

/**
 * The whole story: plans in, an app with one stage per region and every check registered out. The feature flags of
 * `cdk.json` hold here too, so that every door builds the same templates.
 */
export function compose({ plans, waivers }: Pick<Inputs, 'plans' | 'waivers'>, props: AppProps = {}): Composed {
  const app = new App({ ...props, context: { ...featureFlags, ...props.context } });
  const { plugins, tally, used } = checkedPacks(waivers, unitsOf(plans));
  Validations.of(app).addPlugins(...plugins, new CoLocation());
  for (const deployment of new Set(plans.map((plan) => plan.deployment))) {
    const scope = new Construct(app, deployment);
    const mine = plans.filter((plan) => plan.deployment === deployment);
    for (const plan of mine) new VoiceRegion(scope, plan.region, { plan });
  }
  return { app, tally, usedWaivers: used };
}
