import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { compose } from '../bin/compose';
import { readInputs } from '../bin/inputs';
import cdkJson from '../cdk.json';
import { RegionStage } from '../lib/region-stage';

/** One cold synthesis of `sandbox`, with every check registered (`checked`) or the same stages with none (`bare`). */
const read = readInputs(['sandbox']);
if (!read.ok) throw new Error(read.problems.join('\n'));

const outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-bench-'));
if (process.argv[2] === 'checked') {
  compose(read.inputs, { outdir, autoSynth: false }).app.synth();
} else {
  const app = new App({ outdir, context: cdkJson.context, autoSynth: false });
  for (const plan of read.inputs.plans) new RegionStage(new Construct(app, plan.deployment), plan.region, { plan });
  app.synth();
}
rmSync(outdir, { recursive: true });
