import { App, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { readInputs } from '../../bin/inputs';
import { CoLocation } from '../../compliance/colocation/plugin';
import { unitsOf } from '../../compliance/controls/unit';
import { checkedPacks } from '../../compliance/nag/packs';
import { featureFlags } from '../../lib/feature-flags';
import { VoiceRegion } from '../../lib/voice-region';
import { sayCost } from '../cold-run';
import { inTemporaryFolder } from '../temporary';

/** One cold synthesis of one region, with the packs of others (`others`) or with the kit's own too (`all`). */
const read = readInputs(['healthcare-us']);
if (!read.ok) throw new Error(read.problems.join('\n'));
const { waivers, plans } = read.inputs;
const [plan] = plans;

inTemporaryFolder((outdir) => {
  if (!plan) return undefined;
  const context = { ...featureFlags, '@aws-cdk/core:failSynthOnValidationErrors': false };
  const app = new App({ outdir, context, autoSynth: false });
  const units = process.argv[2] === 'all' ? unitsOf([plan]) : [];
  Validations.of(app).addPlugins(...checkedPacks(waivers, units).plugins, new CoLocation());
  new VoiceRegion(new Construct(app, plan.deployment), plan.region, { plan });
  return app.synth();
});
sayCost();
