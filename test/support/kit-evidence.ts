import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { deploymentNames, readInputs } from '../../bin/inputs';
import { Evidence, type Scope } from '../../compliance/controls/evidence';
import { scopeOf } from '../../compliance/controls/scope';
import { TemplateSet, type TemplateBody } from '../../compliance/templates/template-set';
import { featureFlags } from '../../lib/feature-flags';
import { VoiceRegion } from '../../lib/voice-region';
import type { RegionPlan } from '../../regions/plan/types';

export interface KitEvidence {
  /** `sandbox/us-east-1`. */
  readonly name: string;
  readonly plan: RegionPlan;
  readonly evidence: Evidence;
}

/** The templates of every region of the shipped deployments, or of those named, with what they are held against. */
export function kitEvidence(names = deploymentNames(), over: Partial<Scope> = {}): readonly KitEvidence[] {
  const read = readInputs(names);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { plans } = read.inputs;
  const outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-kit-'));
  const app = new App({ outdir, context: featureFlags, builtinCloudFormationValidation: false });
  for (const deployment of new Set(plans.map((plan) => plan.deployment))) {
    const scope = new Construct(app, deployment);
    for (const plan of plans.filter((one) => one.deployment === deployment))
      new VoiceRegion(scope, plan.region, { plan });
  }
  const assembly = app.synth();
  const found = plans.map((plan) => ({
    name: `${plan.deployment}/${plan.region}`,
    plan,
    evidence: new Evidence(templatesOf(assembly, plan), { ...scopeOf(plan), ...over }),
  }));
  rmSync(outdir, { recursive: true });
  return found;
}

const templatesOf = (assembly: CloudAssembly, { deployment, region }: RegionPlan): TemplateSet =>
  new TemplateSet(
    assembly.stacksRecursively
      .filter((stack) => stack.hierarchicalId.startsWith(`${deployment}/${region}/`))
      .map((stack) => ({
        name: stack.hierarchicalId,
        templatePath: stack.templateFullPath,
        region: stack.environment.region,
        account: stack.environment.account,
        body: JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as TemplateBody,
      })),
  );
