import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { deploymentNames, readInputs } from '../../bin/inputs';
import { Evidence, type Scope } from '../../compliance/controls/evidence';
import { unitsOf, type Unit } from '../../compliance/controls/unit';
import { TemplateSet, type TemplateBody } from '../../compliance/templates/template-set';
import { featureFlags } from '../../lib/feature-flags';
import { VoiceRegion } from '../../lib/voice-region';

export interface KitEvidence {
  /** `sandbox`. */
  readonly name: string;
  readonly unit: Unit;
  readonly evidence: Evidence;
}

/** The templates of the shipped deployments, or of those named, with what they are held against. */
export function kitEvidence(
  names = deploymentNames(),
  over: Partial<Scope> = {},
  context: Readonly<Record<string, unknown>> = {},
): readonly KitEvidence[] {
  const read = readInputs(names);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { plans } = read.inputs;
  const outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-kit-'));
  const app = new App({ outdir, context: { ...featureFlags, ...context }, builtinCloudFormationValidation: false });
  for (const deployment of new Set(plans.map((plan) => plan.deployment))) {
    const scope = new Construct(app, deployment);
    for (const plan of plans.filter((one) => one.deployment === deployment))
      new VoiceRegion(scope, plan.region, { plan });
  }
  const assembly = app.synth();
  const found = unitsOf(plans).map((unit) => ({
    name: unit.below.replace(/\/$/, ''),
    unit,
    evidence: new Evidence(templatesBelow(assembly, unit), { ...unit.scope, ...over }),
  }));
  rmSync(outdir, { recursive: true });
  return found;
}

const templatesBelow = (assembly: CloudAssembly, { below }: Unit): TemplateSet =>
  new TemplateSet(
    assembly.stacksRecursively
      .filter((stack) => stack.hierarchicalId.startsWith(below))
      .map((stack) => ({
        name: stack.hierarchicalId,
        templatePath: stack.templateFullPath,
        region: stack.environment.region,
        account: stack.environment.account,
        body: JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as TemplateBody,
      })),
  );
