import { DATA_CLASSES, type DataClass, type DeploymentConfig } from '../../regions/config/schema';
import type { MergedRequirement } from '../requirements';
import { ResourceIndex } from './resource-index';
import type { Acknowledgement } from '../templates/acknowledgements';
import { Evaluator, isKnown, UNKNOWN } from '../templates/evaluate';
import { MARK, tokenStart } from '../templates/tokens';
import { asList, isRecord, tagOf, type Resource, type TemplateSet } from '../templates/template-set';

/** An attestation: something nobody can see in a template, said by a person on a day. */
export type Attestation = NonNullable<DeploymentConfig['attestations']>[number];

/** What templates are held against. A deployment's config gives it; in an app of one's own it is given by hand. */
export interface Scope {
  readonly requirements: Readonly<Record<DataClass, MergedRequirement>>;
  /** Regions in which data may lie and inference may run. */
  readonly regions: readonly string[];
  readonly attestations: readonly Attestation[];
  readonly consent?: DeploymentConfig['consent'];
  readonly aiDisclosure?: DeploymentConfig['aiDisclosure'];
  /** Callers pay by card, and what keeps the card out of records. */
  readonly cardData?: DeploymentConfig['cardData'];
  /** Account-wide services, which a template alone cannot show. */
  readonly accountServices?: DeploymentConfig['accountServices'];
  /** Hosts outside that tools and telemetry may reach. */
  readonly outsideHosts: readonly string[];
  /** Hosts of the people who take calls over. @default none */
  readonly queueHosts?: readonly string[];
  /** Blocks outside in which media nodes call such people by themselves. @default none */
  readonly queueCidrs?: readonly string[];
  /** ISO date; undefined where no clock may be asked, as in a synthesis: then nothing is called stale. */
  readonly today?: string;
}

/** The templates of one region's deployment, and what they are held against. */
export class Evidence {
  readonly set: TemplateSet;
  readonly scope: Scope;
  readonly acknowledgements: readonly Acknowledgement[];
  /** What controls have worked out of it, by the function that did. */
  readonly memory = new Map<unknown, unknown>();
  private readonly evaluator: Evaluator;
  private readonly names = new Map<Resource, string | undefined>();
  /** Of each text: controls ask of the same ones again and again. */
  private readonly meant = new Map<string, readonly Resource[]>();
  private built: ResourceIndex | undefined;

  /** @param acknowledgements what is known of them; default none, as in an account or a folder of templates */
  constructor(set: TemplateSet, scope: Scope, acknowledgements: readonly Acknowledgement[] = []) {
    this.set = set;
    this.scope = scope;
    this.acknowledgements = acknowledgements;
    this.evaluator = new Evaluator(set);
  }

  /** Made when it is first asked for: names have to be evaluated. */
  private get index(): ResourceIndex {
    this.built ??= new ResourceIndex(this.set.resources, (resource) => this.nameOf(resource));
    return this.built;
  }

  /** Resources that were asked about and are too large to be looked at. */
  get cut(): readonly Resource[] {
    return [...this.evaluator.cut];
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    const [only] = types;
    return types.length === 1 && only !== undefined
      ? this.set.ofType(only)
      : types.flatMap((type) => this.set.ofType(type));
  }

  /** Properties as CloudFormation will see them: references as tokens, what is not known UNKNOWN. */
  properties(resource: Resource): Readonly<Record<string, unknown>> {
    return this.evaluator.properties(resource);
  }

  /**
   * The value at a path such as `BucketEncryption.ServerSideEncryptionConfiguration.0.BucketKeyEnabled`: undefined where there
   * is none, UNKNOWN where it cannot be known.
   */
  at(resource: Resource, path: string): unknown {
    return valueAt(this.properties(resource), path);
  }

  /** Objects of the list at a path; an entry that is not known is left out, so ask `isKnown(at(…))` too. */
  list(resource: Resource, path: string): readonly Readonly<Record<string, unknown>>[] {
    return asList(this.at(resource, path)).filter(isRecord);
  }

  /** The resource that an evaluated value stands for: a token, or the physical name or ARN of a resource of these templates. */
  resourceOf(value: unknown, type?: string): Resource | undefined {
    if (typeof value !== 'string' || !isKnown(value)) return undefined;
    const meant = this.meantBy(value);
    return type === undefined ? meant[0] : meant.find((resource) => resource.type === type);
  }

  private meantBy(text: string): readonly Resource[] {
    const known = this.meant.get(text);
    if (known) return known;
    const meant = this.index.candidatesFor(text).filter((resource) => this.denotes(text, resource));
    this.meant.set(text, meant);
    return meant;
  }

  /** Every resource of a type that a text is. */
  allOf(text: string, type: string): readonly Resource[] {
    const candidates = this.index.allFor(text) ?? this.set.ofType(type);
    return candidates.filter((resource) => resource.type === type && this.denotes(text, resource));
  }

  /** Whether a text is a resource, by any of its references or names. `arn` of a bucket, a name, an id. */
  denotes(text: string, resource: Resource): boolean {
    if (text.startsWith(MARK)) {
      if (text.startsWith(tokenStart(resource)) && text.indexOf(MARK, 1) === text.length - 1) return true;
    }
    const name = this.nameOf(resource);
    return name !== undefined && text.endsWith(name) && isWholeName(text, name);
  }

  /** Physical name, where the template gives one. */
  nameOf(resource: Resource): string | undefined {
    const known = this.names.get(resource);
    if (known !== undefined || this.names.has(resource)) return known;
    const property = NAME_PROPERTIES.find((name) => name in resource.properties);
    const written = property && this.properties(resource)[property];
    const name = typeof written === 'string' && isKnown(written) ? written : undefined;
    this.names.set(resource, name);
    return name;
  }

  /** Class of data by the tag `voicecell:data-class`; undefined when there is none or it is no class of records. */
  dataClassOf(resource: Resource): DataClass | undefined {
    const tag = tagOf(resource, DATA_CLASS_TAG);
    return DATA_CLASSES.find((dataClass) => dataClass === tag);
  }

  /** Resources of a type that hold this class of data. */
  holding(type: string, ...classes: readonly DataClass[]): readonly Resource[] {
    return this.ofType(type).filter((resource) => classes.some((one) => one === this.dataClassOf(resource)));
  }

  /** Buckets of records proper: what must be kept as it was made. */
  get vaults(): readonly Resource[] {
    return this.holding('AWS::S3::Bucket', 'recording', 'voicemail', 'transcript');
  }
}

export const DATA_CLASS_TAG = 'voicecell:data-class';

const NAME_PROPERTIES = [
  'BucketName',
  'TableName',
  'RoleName',
  'TopicName',
  'QueueName',
  'AliasName',
  'ManagedPolicyName',
  'LogGroupName',
  'TrailName',
  'RepositoryName',
  'ClusterName',
  'AutoScalingGroupName',
  'LaunchTemplateName',
  'Name',
] as const;

const isWholeName = (text: string, name: string): boolean =>
  text.length === name.length || text.endsWith(`:::${name}`) || text.endsWith(`/${name}`);

/** Undefined where a path leads nowhere; a block that may hold keys which are not known has UNKNOWN for a key. */
function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const key of stepsOf(path)) {
    if (value === undefined || value === UNKNOWN) return value;
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isRecord(value)) value = value[key] === undefined ? value[UNKNOWN] : value[key];
    else return undefined;
  }
  return value;
}

function stepsOf(path: string): readonly string[] {
  const known = STEPS.get(path);
  if (known) return known;
  const steps = path.split('.');
  STEPS.set(path, steps);
  return steps;
}

/** Controls ask for few paths, of many resources. */
const STEPS = new Map<string, readonly string[]>();
