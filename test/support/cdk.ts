import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json';

/** An app with the project's feature flags, without the built-in validator, which costs a unit test 1.4 s, and without bundling. */
export function testApp(): App {
  const app = new App({ builtinCloudFormationValidation: false });
  for (const [key, value] of Object.entries((cdkJson as { context?: Record<string, unknown> }).context ?? {}))
    app.node.setContext(key, value);
  app.node.setContext('aws:cdk:bundling-stacks', []);
  return app;
}

export const templateOf = (stack: Stack): Template => Template.fromStack(stack);
