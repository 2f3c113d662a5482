import { wholeText, type Answer, type Control } from '../../compliance/controls/control';
import { Evidence, type Scope } from '../../compliance/controls/evidence';
import { requirementsFor } from '../../compliance/requirements';
import {
  TemplateSet,
  type ResourceBody,
  type StackTemplate,
  type TemplateBody,
} from '../../compliance/templates/template-set';

type Resources = Readonly<Record<string, ResourceBody>>;

/** All three frameworks in the United States, with nothing attested. */
export const scope = (over: Partial<Scope> = {}): Scope => ({
  requirements: requirementsFor(['hipaa', 'finra', 'soc2']),
  regions: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
  attestations: [],
  outsideHosts: [],
  today: '2026-11-26',
  ...over,
});

export const stack = (resources: Resources, over: Partial<StackTemplate & TemplateBody> = {}): StackTemplate => {
  const { name = 'demo/stack', templatePath = 'stack.template.json', region = 'us-east-1', parent, ...rest } = over;
  const body: TemplateBody = { Resources: resources, ...rest };
  return { name, templatePath, region, account: '123456789012', body, ...(parent ? { parent } : {}) };
};

/** Evidence of one stack; for several, give them. */
export const evidence = (resources: Resources | readonly StackTemplate[], over: Partial<Scope> = {}): Evidence =>
  new Evidence(new TemplateSet(isStacks(resources) ? resources : [stack(resources)]), scope(over));

const isStacks = (given: Resources | readonly StackTemplate[]): given is readonly StackTemplate[] =>
  Array.isArray(given);

/** A resource of a class of data. */
export const tagged = (
  type: string,
  dataClass: string,
  properties: Readonly<Record<string, unknown>> = {},
): ResourceBody => ({
  Type: type,
  Properties: { ...properties, Tags: [{ Key: 'voicecell:data-class', Value: dataClass }] },
});

/** What a control says of some evidence, in the order of the resources. */
export const answersOf = (control: Control, given: Evidence): readonly Answer[] =>
  control.check(given).map(({ answer }) => answer);

/** Its words, for those that are not met. */
export const complaintsOf = (control: Control, given: Evidence): readonly string[] =>
  control
    .check(given)
    .filter(({ answer }) => answer !== 'met')
    .map(({ answer, resource, ...said }) => `${answer} ${resource?.logicalId ?? '-'}: ${wholeText(said)}`);
