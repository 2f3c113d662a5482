import { HOT_TIERS } from './placement';
import type { HopProblem } from './problem';
import { asList, asString, isRecord, tagOf, type Resource, type TemplateSet } from './templates';
import { hostsIn, regionsOfArnsIn, renderText, UNKNOWN } from './text';

interface Setting {
  readonly name: string;
  readonly text: string;
}

/** Containers of the hot path may only be pointed at their own host, their cell's namespace and their region's AWS APIs. */
export function environmentProblems(set: TemplateSet): readonly HopProblem[] {
  const tasks = set.ofType('AWS::ECS::TaskDefinition').filter((task) => isHot(task));
  return tasks.flatMap((task) => [
    ...settingsOf(set, task).flatMap((setting) => settingProblems(set, task, setting)),
    ...fileProblems(task),
  ]);
}

/** Interface endpoints that lead to another region take the hop to AWS out of the region. */
export function endpointProblems(set: TemplateSet): readonly HopProblem[] {
  return set.ofType('AWS::EC2::VPCEndpoint').flatMap((resource) => {
    const own = resource.stack.region;
    const service = renderText(resource.properties['ServiceName'], set, resource.stack);
    const named =
      asString(resource.properties['ServiceRegion']) ?? /^(?:com|cn)\.[\w.]*amazonaws\.([\w-]+)\./.exec(service)?.[1];
    if (own && named === own) return [];
    const problem = `endpoint ${service} leads to ${named ?? 'an unknown region'}, outside ${own ?? 'an unknown region'}`;
    return [{ hop: 'node → AWS API', resource, problem }];
  });
}

function settingProblems(set: TemplateSet, task: Resource, { name, text }: Setting): HopProblem[] {
  const own = task.stack.region;
  const hop = hopTo(task, name);
  const regions = regionsOfArnsIn(text).filter((region) => region !== own);
  const hosts = hostsIn(text).filter((host) => !staysInside(set, task, host));
  if (text.includes(UNKNOWN) && hosts.length === 0)
    return [{ hop, resource: task, problem: `${name} cannot be resolved from the templates; write its value` }];
  return [
    ...regions.map((region) => ({ hop, resource: task, problem: `${name} holds an ARN of ${region}, outside ${own}` })),
    ...hosts.map((host) => ({ hop, resource: task, problem: leaves(name, host, tagOf(task, 'voicecell:cell')) })),
  ];
}

/** A file in a bucket can say anything, and no template shows it. */
const fileProblems = (task: Resource): HopProblem[] =>
  containersOf(task)
    .filter((container) => asList(container['EnvironmentFiles']).length > 0)
    .map((container) => ({
      hop: hopTo(task, String(container['Name'])),
      resource: task,
      problem: 'its environment files cannot be read from the templates; state the environment instead',
    }));

const hopTo = (task: Resource, name: string): string => `${tagOf(task, 'voicecell:tier')} → ${name}`;

const leaves = (name: string, host: string, cell: string | undefined): string =>
  `${name} points at ${host}, outside cell ${cell}; use a name of the cell's private namespace`;

function staysInside(set: TemplateSet, task: Resource, host: string): boolean {
  if (host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)) return true;
  if (task.stack.region && host.endsWith(`.${task.stack.region}.amazonaws.com`)) return true;
  return [...privateNamesOf(set, task), ...publicNamesOf(set, task)].some(
    (zone) => host === zone || host.endsWith(`.${zone}`),
  );
}

/** Private namespaces of the task's own cell: their names resolve to this cell only. */
const privateNamesOf = (set: TemplateSet, task: Resource): string[] =>
  set
    .ofType('AWS::ServiceDiscovery::PrivateDnsNamespace')
    .filter((zone) => tagOf(zone, 'voicecell:cell') === tagOf(task, 'voicecell:cell'))
    .flatMap((zone) => asString(zone.properties['Name']) ?? []);

/** The deployment's own public names (what carriers dial) are what a node answers to, not where it sends a hop. */
const publicNamesOf = (set: TemplateSet, task: Resource): string[] =>
  set
    .ofType('AWS::ServiceDiscovery::PublicDnsNamespace')
    .filter((zone) => zone.stack.region === task.stack.region)
    .flatMap((zone) => asString(zone.properties['Name']) ?? []);

const isHot = (task: Resource): boolean => HOT_TIERS.some((tier) => tier === tagOf(task, 'voicecell:tier'));

const containersOf = (task: Resource) => asList(task.properties['ContainerDefinitions']).filter(isRecord);

function settingsOf(set: TemplateSet, task: Resource): Setting[] {
  const text = (value: unknown): string => renderText(value, set, task.stack);
  const pairs = (entries: unknown, key: string): Setting[] =>
    asList(entries).map((entry) =>
      isRecord(entry) ? { name: text(entry['Name']), text: text(entry[key]) } : { name: 'an entry', text: UNKNOWN },
    );
  return containersOf(task).flatMap((container) => [
    ...pairs(container['Environment'], 'Value'),
    ...pairs(container['Secrets'], 'ValueFrom'),
    ...[...asList(container['EntryPoint']), ...asList(container['Command'])].map((word) => ({
      name: `${text(container['Name'])} command`,
      text: text(word),
    })),
  ]);
}
