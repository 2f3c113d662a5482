/** CloudFormation as it is deployed; nothing here knows who wrote it. */
export interface StackTemplate {
  /** Construct path or file name, for reports. */
  readonly name: string;
  readonly templatePath: string;
  /** Undefined when the stack is environment-agnostic, in which case nothing about its place can be proven. */
  readonly region: string | undefined;
  /** Undefined when the stack may be deployed to any account. */
  readonly account?: string;
  /** Values of parameters given by hand, before the defaults. @default none */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly body: TemplateBody;
  /** Where a nested stack is nested: its parameters and outputs are wired there. */
  readonly parent?: { readonly stack: StackTemplate; readonly logicalId: string };
}

export interface TemplateBody {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, ResourceBody>>;
  readonly Outputs?: Readonly<
    Record<
      string,
      { readonly Value: unknown; readonly Export?: { readonly Name: unknown }; readonly Condition?: unknown }
    >
  >;
}

export interface ResourceBody {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  /** Name of the condition under which it is there. */
  readonly Condition?: unknown;
  readonly DeletionPolicy?: unknown;
  readonly UpdateReplacePolicy?: unknown;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Resource {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly type: string;
  /** As written, intrinsics and all. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly body: ResourceBody;
}

/** A value as another stack wrote it, to be read there. */
export interface Wired {
  readonly stack: StackTemplate;
  readonly value: unknown;
}

/** All templates of an app, with references resolved within a stack, through nested stacks and, by export, across stacks. */
export class TemplateSet {
  readonly resources: readonly Resource[];
  readonly stacks: readonly StackTemplate[];
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
    let here: Wired | undefined = { stack, value };
    for (let hops = 0; here && hops < MOST_HOPS; hops += 1) {
      const next: Wired | Resource | undefined = this.next(here);
      if (!next || 'logicalId' in next) return next;
      here = next;
    }
    return undefined;
  }

  /** Where a reference leads: a resource, or what another stack wrote. */
  private next({ stack, value }: Wired): Wired | Resource | undefined {
    if (!isRecord(value)) return undefined;
    const id = value['Ref'] ?? logicalIdOf(value['Fn::GetAtt']);
    if (typeof id === 'string') return this.within(stack, id, value);
    return typeof value['Fn::ImportValue'] === 'string' ? this.exported(stack, value['Fn::ImportValue']) : undefined;
  }

  private within(
    stack: StackTemplate,
    id: string,
    value: Readonly<Record<string, unknown>>,
  ): Wired | Resource | undefined {
    const found = this.at(stack, id);
    if (found) return this.outputOf(found, attributeIn(value['Fn::GetAtt'])) ?? found;
    const { parent } = stack;
    const given = parent && this.at(parent.stack, parent.logicalId)?.properties['Parameters'];
    return parent && isRecord(given) ? { stack: parent.stack, value: given[id] } : undefined;
  }

  /** The resource of a stack that has this logical id. */
  at(stack: StackTemplate, logicalId: string): Resource | undefined {
    return this.byId.get(stack)?.get(logicalId);
  }

  /** What an output of a nested stack is made from, by its attribute `Outputs.<name>`. */
  outputOf(nested: Resource, attribute: string): Wired | undefined {
    if (nested.type !== 'AWS::CloudFormation::Stack') return undefined;
    const name = /^Outputs\.(.+)$/.exec(attribute)?.[1] ?? '';
    const child = this.stacks.find(
      ({ parent }) => parent?.stack === nested.stack && parent.logicalId === nested.logicalId,
    );
    const output = child?.body.Outputs?.[name];
    return child && output ? { stack: child, value: output.Value } : undefined;
  }

  /** What an export of another stack of the region is made from. */
  private exported(consumer: StackTemplate, exportName: unknown): Wired | undefined {
    return this.exports().find(({ stack, name }) => stack.region === consumer.region && name === exportName);
  }

  /** All exports, with their names as written. */
  exports(): readonly (Wired & { readonly name: unknown })[] {
    return this.stacks.flatMap((stack) =>
      Object.values(stack.body.Outputs ?? {}).flatMap((output) =>
        isRecord(output) && isRecord(output.Export) ? { stack, name: output.Export.Name, value: output.Value } : [],
      ),
    );
  }
}

/** References lead through nested stacks and exports; a chain that is longer goes in a circle. */
const MOST_HOPS = 64;

function groupedByType(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const group = groups.get(resource.type);
    if (group) group.push(resource);
    else groups.set(resource.type, [resource]);
  }
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

/** Anybody's template may hold anything there. */
function resourcesOf(stack: StackTemplate): Resource[] {
  const bodies: Readonly<Record<string, unknown>> = isRecord(stack.body.Resources) ? stack.body.Resources : {};
  return Object.entries(bodies).flatMap(([logicalId, body]) =>
    isResource(body)
      ? { stack, logicalId, type: body.Type, properties: isRecord(body.Properties) ? body.Properties : {}, body }
      : [],
  );
}

const isResource = (body: unknown): body is ResourceBody => isRecord(body) && typeof body['Type'] === 'string';

function attributeIn(getAtt: unknown): string {
  const parts = Array.isArray(getAtt) ? getAtt.map(String) : (asString(getAtt)?.split('.') ?? []);
  return parts.slice(1).join('.');
}

function logicalIdOf(getAtt: unknown): unknown {
  return Array.isArray(getAtt) ? getAtt[0] : asString(getAtt)?.split('.')[0];
}
