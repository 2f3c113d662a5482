import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CfnResource, NestedStack, type IPolicyValidationContext } from 'aws-cdk-lib';
import type { StackTemplate, TemplateBody } from './template-set';

const read = new WeakMap<object, readonly StackTemplate[]>();

/**
 * The templates that a synthesis has just written, nested stacks included, which CDK leaves out of the context; read once for
 * all plugins that are called with it.
 */
export function templatesOf(context: IPolicyValidationContext): readonly StackTemplate[] {
  const known = read.get(context.appConstruct);
  if (known && sameFiles(known, context)) return known;
  const templates = readAll(context);
  read.set(context.appConstruct, templates);
  return templates;
}

const sameFiles = (templates: readonly StackTemplate[], { stackTemplates }: IPolicyValidationContext): boolean =>
  stackTemplates.every(({ templatePath }) => templates.some((template) => template.templatePath === templatePath));

function readAll({ stackTemplates, appConstruct }: IPolicyValidationContext): readonly StackTemplate[] {
  const templates = new Map<string, StackTemplate>();
  for (const { stackConstructPath, templatePath, region, accountId } of stackTemplates)
    templates.set(stackConstructPath, {
      name: stackConstructPath,
      templatePath,
      ...placeOf(region, accountId),
      body: bodyIn(templatePath),
    });
  for (const nested of appConstruct.node.findAll().filter(isNested)) {
    const template = nestedIn(templates, nested);
    if (template) templates.set(template.name, template);
  }
  return [...templates.values()];
}

const isNested = (construct: object): construct is NestedStack => NestedStack.isNestedStack(construct);

/** The tree names parents before children, so a stack within a nested one finds its parent too. */
function nestedIn(templates: ReadonlyMap<string, StackTemplate>, nested: NestedStack): StackTemplate | undefined {
  const stack = templates.get(nested.nestedStackParent?.node.path ?? '');
  const resource = nested.nestedStackResource;
  if (!stack || !CfnResource.isCfnResource(resource)) return undefined;
  const templatePath = path.join(path.dirname(stack.templatePath), nested.templateFile);
  return {
    ...stack,
    name: nested.node.path,
    templatePath,
    body: bodyIn(templatePath),
    parent: { stack, logicalId: String(nested.nestedStackParent?.resolve(resource.logicalId)) },
  };
}

/** CDK names what is not known `unknown-…`; nothing about the place of such a stack can be proven. */
const placeOf = (
  region: string | undefined,
  account: string | undefined,
): Pick<StackTemplate, 'region' | 'account'> => ({
  region: isKnown(region) ? region : undefined,
  ...(account !== undefined && isKnown(account) ? { account } : {}),
});

const isKnown = (place: string | undefined): boolean => place !== undefined && !place.startsWith('unknown-');

const bodyIn = (file: string): TemplateBody => JSON.parse(readFileSync(file, 'utf8')) as TemplateBody;
