import { isKnown, UNKNOWN } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { TIER_TAG, tagValue } from './tags';

type Container = Readonly<Record<string, unknown>>;

/** Task definitions of tiers: tagged so, or run by a service that is. */
export function tasksOf(evidence: Evidence, ...tiers: readonly string[]): readonly Resource[] {
  const ofTier = (resource: Resource): boolean => tiers.some((tier) => tier === tagValue(evidence, resource, TIER_TAG));
  const services = evidence.ofType('AWS::ECS::Service').filter(ofTier);
  const run = new Set(services.map((service) => evidence.resourceOf(evidence.at(service, 'TaskDefinition'), TASK)));
  return evidence.ofType(TASK).filter((task) => ofTier(task) || run.has(task));
}

const TASK = 'AWS::ECS::TaskDefinition';

export const containersOf = (evidence: Evidence, task: Resource): readonly Container[] =>
  evidence.list(task, 'ContainerDefinitions');

/** What the containers of a task are told under a name: each value once, UNKNOWN among them where it may say anything. */
export function toldTo(evidence: Evidence, task: Resource, name: string): readonly unknown[] {
  if (!Array.isArray(evidence.at(task, 'ContainerDefinitions'))) return [UNKNOWN];
  const values = [...new Set(containersOf(evidence, task).flatMap((container) => valuesIn(container, name)))];
  return values.length > 0 ? values : hiddenIn(evidence, task);
}

function valuesIn(container: Container, name: string): readonly unknown[] {
  const named = (entries: unknown): readonly Container[] =>
    asList(entries)
      .filter(isRecord)
      .filter((entry) => entry['Name'] === name);
  const plain = named(container['Environment']).map((entry) => entry['Value']);
  return [...plain, ...named(container['Secrets']).map(() => UNKNOWN)];
}

/** A name that is not known, or a file in a bucket, may be the setting that was looked for. */
function hiddenIn(evidence: Evidence, task: Resource): readonly unknown[] {
  const hidden = containersOf(evidence, task).some(
    ({ Environment, EnvironmentFiles }) =>
      asList(EnvironmentFiles).length > 0 ||
      !isKnown(asList(Environment).map((entry) => (isRecord(entry) ? entry['Name'] : entry))) ||
      !isKnown(Array.isArray(Environment) ? '' : Environment),
  );
  return hidden ? [UNKNOWN] : [];
}

/** Every word of the commands and entry points of a container. */
export const wordsOf = ({ EntryPoint, Command }: Container): readonly string[] =>
  [EntryPoint, Command].flatMap((words) =>
    Array.isArray(words) ? words.map(String) : words === UNKNOWN ? [UNKNOWN] : [],
  );
