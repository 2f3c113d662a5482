import { Asking } from '../../aws/ask';
import type { Deployed, LiveRegion } from '../../compliance/audit/live/reading';
import { TemplateSet } from '../../compliance/templates/template-set';

/** One resource of a stack of one, as CloudFormation made it. */
export function deployedResource(
  Type: string,
  physicalId: string,
  Properties: Readonly<Record<string, unknown>> = {},
): Deployed {
  const body = { Resources: { It: { Type, Properties } } };
  const stack = { name: 'stack', templatePath: 'stack.json', region: 'us-east-1', body };
  const [resource] = new TemplateSet([stack]).resources;
  if (!resource) throw new Error('a template of one resource has one');
  return { resource, physicalId };
}

/** An account whose clients are mocked. */
export const mockedRegion = (region = 'us-east-1'): LiveRegion => ({
  region,
  account: '111122223333',
  partition: 'aws',
  ask: new Asking().in(region),
  client: { credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' }, maxAttempts: 1 },
});

/** As a service answers. */
export const awsError = (name: string, httpStatusCode = 400): Error =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
