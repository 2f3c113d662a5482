import { compose } from '../../bin/compose';
import { readInputs } from '../../bin/inputs';
import { sayCost } from '../cold-run';
import { syntheticPlans } from '../synthetic-plans';
import { inTemporaryFolder } from '../temporary';

/** One cold, checked synthesis of as many synthetic regions as asked for. */
const ledger = readInputs([]);
if (!ledger.ok) throw new Error(ledger.problems.join('\n'));
const { waivers } = ledger.inputs;
const plans = syntheticPlans(Number(process.argv[2]));

/** Regions that do not exist lie in no partition and alert nobody: what the checks find is not what is measured. */
const context = { '@aws-cdk/core:failSynthOnValidationErrors': false };

inTemporaryFolder((outdir) => compose({ plans, waivers }, { outdir, context, autoSynth: false }).app.synth());
sayCost();
