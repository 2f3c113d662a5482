import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { hopProblems, openHops } from './assess';
import { templatesOf } from '../templates/from-context';
import { TemplateSet } from '../templates/template-set';

export const COLOCATION_RULE = 'every-hop-inside-its-cell';

/** Fails a synth in which a hot-path hop leaves its cell. The severity is `fatal`: nobody can acknowledge it. */
export class CoLocation implements IPolicyValidationPlugin {
  readonly name = 'Voicecell-CoLocation';
  readonly version = '1.0.0';
  readonly ruleIds = [COLOCATION_RULE];

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const set = new TemplateSet(templatesOf(context));
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
