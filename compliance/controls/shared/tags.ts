import { DATA_CLASSES } from '../../../regions/config/schema';
import { isKnown, UNKNOWN } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import { DATA_CLASS_TAG, type Evidence } from '../evidence';
import { perResource } from './memo';

export const TIER_TAG = 'voicecell:tier';
export const CELL_TAG = 'voicecell:cell';

/** What a store may say that it holds. */
export const STORE_CLASSES: readonly string[] = [...DATA_CLASSES, 'weights', 'image', 'none'];

/** Tags of most types, and of those that call them something else. */
const TAG_PROPERTIES = ['Tags', 'FileSystemTags', 'BackupVaultTags', 'RestoreTestingPlanTags'] as const;

/** Value of a tag, evaluated: undefined where there is none, UNKNOWN where it cannot be known. */
export const tagValue = (evidence: Evidence, resource: Resource, key: string): unknown =>
  tagIn(tagsOf(evidence, resource), key);

const tagsOf = perResource((evidence, resource): unknown => {
  const properties = evidence.properties(resource);
  const name = TAG_PROPERTIES.find((candidate) => candidate in properties);
  return name && properties[name];
});

/** The same in tags as a list or as a map. */
export function tagIn(tags: unknown, key: string): unknown {
  if (isRecord(tags)) return tags[key];
  if (!Array.isArray(tags)) return tags === UNKNOWN ? UNKNOWN : undefined;
  const entry = asList(tags).find((candidate) => isRecord(candidate) && candidate['Key'] === key);
  if (isRecord(entry)) return entry['Value'];
  return isKnown(tags.map((candidate: unknown) => (isRecord(candidate) ? candidate['Key'] : candidate)))
    ? undefined
    : UNKNOWN;
}

/** Class tags of whatever a resource stores: one, but of replicas and of volumes made later several. */
export function classTagsOf(evidence: Evidence, resource: Resource): readonly unknown[] {
  if (resource.type === 'AWS::DynamoDB::GlobalTable')
    return eachOf(evidence.at(resource, 'Replicas')).map((replica) => taggedClass(replica));
  if (resource.type === 'AWS::EC2::LaunchTemplate')
    return [taggedClass(volumesIn(evidence.at(resource, 'LaunchTemplateData.TagSpecifications')))];
  return [tagValue(evidence, resource, DATA_CLASS_TAG)];
}

const taggedClass = (item: unknown): unknown => (isRecord(item) ? tagIn(item['Tags'], DATA_CLASS_TAG) : item);

const eachOf = (list: unknown): readonly unknown[] =>
  Array.isArray(list) && list.length > 0 ? list : [list === UNKNOWN ? UNKNOWN : undefined];

const volumesIn = (specifications: unknown): unknown =>
  specifications === UNKNOWN
    ? UNKNOWN
    : asList(specifications).find((item) => !isRecord(item) || item['ResourceType'] === 'volume');
