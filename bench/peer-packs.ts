import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import type { StackTemplate } from '../compliance/templates/template-set';

/** What the packs of cdk-nag find in a template by itself; undefined where the CDK cannot load it. */
export function peerFindings(stack: StackTemplate, folder: string): ReadonlySet<string> | undefined {
  const loaded = load(stack, folder);
  if (!loaded) return undefined;
  const packs = [new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks()];
  return new Set(
    packs
      .flatMap((pack) => pack.validateScope(loaded).violations)
      .flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath ?? ''}`),
      ),
  );
}

function load({ region, account, body }: StackTemplate, folder: string): Stack | undefined {
  const templateFile = path.join(folder, 'template.json');
  writeFileSync(templateFile, JSON.stringify(body));
  const app = new App({ builtinCloudFormationValidation: false, analyticsReporting: false });
  const env = { ...(region ? { region } : {}), ...(account ? { account } : {}) };
  const stack = new Stack(app, 'Stack', { env });
  try {
    new CfnInclude(stack, 'Template', { templateFile });
  } catch {
    return undefined;
  }
  return stack;
}
