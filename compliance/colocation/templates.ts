/** CloudFormation as it is deployed; nothing here knows who wrote it. */
export interface StackTemplate {
  /** Construct path or file name, for reports. */
  readonly name: string;
  readonly templatePath: string;
  /** Undefined when the stack is environment-agnostic, in which case nothing about its place can be proven. */
  readonly region: string | undefined;
  readonly body: TemplateBody;
}

export interface TemplateBody {
  readonly Resources?: Readonly<Record<string, ResourceBody>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
}

export interface ResourceBody {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface Resource {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** All templates of an app, with references resolved within a stack and, by export, across stacks of a region. */
export class TemplateSet {
  readonly resources: readonly Resource[];
  private readonly stacks: readonly StackTemplate[];
  private readonly byId: ReadonlyMap<StackTemplate, ReadonlyMap<string, Resource>>;
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;

  constructor(stacks: readonly StackTemplate[]) {
    this.stacks = stacks;
    const perStack = stacks.map((stack) => [stack, resourcesOf(stack)] as const);
    this.resources = perStack.flatMap(([, resources]) => resources);
    this.byId = new Map(
      perStack.map(([stack, resources]) => [
        stack,
        new Map(resources.map((resource) => [resource.logicalId, resource])),
      ]),
    );
    this.byType = groupedByType(this.resources);
  }

  ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource a `Ref`, `Fn::GetAtt` or `Fn::ImportValue` points at; undefined when it points out of the app. */
  resolve(stack: StackTemplate, value: unknown): Resource | undefined {
    if (!isRecord(value)) return undefined;
    const id = value['Ref'] ?? logicalIdOf(value['Fn::GetAtt']);
    if (typeof id === 'string') return this.byId.get(stack)?.get(id);
    return typeof value['Fn::ImportValue'] === 'string' ? this.imported(stack, value['Fn::ImportValue']) : undefined;
  }

  private imported(consumer: StackTemplate, exportName: string): Resource | undefined {
    for (const stack of this.stacks.filter((candidate) => candidate.region === consumer.region))
      for (const output of Object.values(stack.body.Outputs ?? {}))
        if (output.Export?.Name === exportName) return this.resolve(stack, output.Value);
    return undefined;
  }
}

function groupedByType(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) groups.set(resource.type, [...(groups.get(resource.type) ?? []), resource]);
  return groups;
}

/** Value of a tag, in any of the shapes CloudFormation gives tags. */
export function tagOf(resource: Resource, key: string): string | undefined {
  const tags = resource.properties['Tags'] ?? taggedOnCreation(resource);
  if (isRecord(tags)) return asString(tags[key]);
  const entry = asList(tags).find((candidate) => isRecord(candidate) && candidate['Key'] === key);
  return isRecord(entry) ? asString(entry['Value']) : undefined;
}

/** Some types of EC2 are tagged by a specification instead. */
function taggedOnCreation({ properties }: Resource): unknown {
  const [specification] = asList(properties['TagSpecifications']);
  return isRecord(specification) ? specification['Tags'] : undefined;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function resourcesOf(stack: StackTemplate): Resource[] {
  return Object.entries(stack.body.Resources ?? {}).map(([logicalId, body]) => ({
    stack,
    logicalId,
    type: body.Type,
    properties: body.Properties ?? {},
  }));
}

function logicalIdOf(getAtt: unknown): unknown {
  return Array.isArray(getAtt) ? getAtt[0] : asString(getAtt)?.split('.')[0];
}
