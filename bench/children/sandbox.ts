import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { compose } from '../../bin/compose';
import { readInputs } from '../../bin/inputs';
import cdkJson from '../../cdk.json';
import { VoiceRegion } from '../../lib/voice-region';
import { sayCost } from '../cold-run';
import { inTemporaryFolder } from '../temporary';

/** One cold synthesis of `sandbox`, with every check registered (`checked`) or the same stages with none (`bare`). */
const read = readInputs(['sandbox']);
if (!read.ok) throw new Error(read.problems.join('\n'));
const { inputs } = read;

inTemporaryFolder((outdir) => {
  if (process.argv[2] === 'checked') return compose(inputs, { outdir, autoSynth: false }).app.synth();
  const app = new App({ outdir, context: cdkJson.context, autoSynth: false });
  for (const plan of inputs.plans) new VoiceRegion(new Construct(app, plan.deployment), plan.region, { plan });
  return app.synth();
});
sayCost();
