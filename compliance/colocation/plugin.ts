import { readFileSync } from 'node:fs';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { hopProblems, openHops } from './assess';
import { TemplateSet, type StackTemplate, type TemplateBody } from '../templates/template-set';

export const COLOCATION_RULE = 'every-hop-inside-its-cell';

/** Fails a synth in which a hot-path hop leaves its cell. The severity is `fatal`: nobody can acknowledge it. */
export class CoLocation implements IPolicyValidationPlugin {
  readonly name = 'Voicecell-CoLocation';
  readonly version = '1.0.0';
  readonly ruleIds = [COLOCATION_RULE];

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const set = new TemplateSet(context.stackTemplates.map(readStack));
    const problems = [...hopProblems(set), ...openHops(set)];
    return {
      success: problems.length === 0,
      violations: problems.map(({ hop, problem, resource }) => ({
        ruleName: COLOCATION_RULE,
        description: `hop ${hop} (${resource.logicalId}): ${problem}`,
        severity: 'fatal',
        violatingResources: [
          { resourceLogicalId: resource.logicalId, templatePath: resource.stack.templatePath, locations: [] },
        ],
      })),
    };
  }
}

function readStack(stack: IPolicyValidationContext['stackTemplates'][number]): StackTemplate {
  return {
    name: stack.stackConstructPath,
    templatePath: stack.templatePath,
    region: stack.region,
    body: JSON.parse(readFileSync(stack.templatePath, 'utf8')) as TemplateBody,
  };
}
