import { App } from 'aws-cdk-lib';
import { compose } from './compose';
import { deploymentNames, readInputs } from './inputs';

/**
 * What `cdk` runs. All deployments, or the one named by `-c deployment=<name>`. The first app only reads the context; were it
 * to synthesise itself, which an app does when its process ends, it would overwrite the assembly with an empty one.
 */
const named: unknown = new App({ autoSynth: false }).node.tryGetContext('deployment');
const read = readInputs(typeof named === 'string' ? [named] : deploymentNames());

if (read.ok) {
  compose(read.inputs, { autoSynth: false }).app.synth();
} else {
  for (const problem of read.problems) process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
