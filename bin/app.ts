import { App } from 'aws-cdk-lib';
import { compose } from './compose';
import { deploymentNames, planAll } from './deployments';

/** What `cdk` runs. All deployments, or the one named by `-c deployment=<name>`. */
const named: unknown = new App().node.tryGetContext('deployment');
const planned = planAll(typeof named === 'string' ? [named] : deploymentNames());

if (planned.ok) {
  compose(planned.plans).app.synth();
} else {
  for (const problem of planned.problems) process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
