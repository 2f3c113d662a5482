import { asList, isRecord, type Resource, type TemplateSet } from '../templates/template-set';
import { renderText, UNKNOWN } from '../templates/text';

/** One thing a container is told, as text. */
export interface Setting {
  readonly name: string;
  readonly text: string;
  /** Whether it is a word of a command, which has names of its own that look like hosts. */
  readonly inCommand: boolean;
}

type Body = Readonly<Record<string, unknown>>;

/** Everything in a task definition that can point its containers somewhere. What cannot be read counts as unknown. */
export function settingsOf(set: TemplateSet, task: Resource): Setting[] {
  const text = (value: unknown): string => renderText(value, set, task.stack);
  const pairs = (name: string, entries: unknown, key: string): Setting[] =>
    listOr(name, entries, (entry) =>
      isRecord(entry) ? setting(text(entry['Name']), text(entry[key])) : setting(name, UNKNOWN),
    );
  const words = (name: string, entries: unknown): Setting[] =>
    listOr(name, entries, (entry) => setting(name, text(entry), COMMANDS.has(name)));
  const containers = task.properties['ContainerDefinitions'];
  if (!Array.isArray(containers)) return [setting('ContainerDefinitions', UNKNOWN)];
  return containers.filter(isRecord).flatMap((container) => [
    ...pairs('Environment', container['Environment'], 'Value'),
    ...pairs('Secrets', container['Secrets'], 'ValueFrom'),
    // A file in a bucket can say anything, and no template shows it.
    ...asList(container['EnvironmentFiles']).map(() => setting('EnvironmentFiles', UNKNOWN)),
    ...['EntryPoint', 'Command', 'DnsServers', 'ExtraHosts'].flatMap((key) => words(key, container[key])),
    ...words('HealthCheck', nested(container, 'HealthCheck')['Command']),
    ...Object.entries(nested(nested(container, 'LogConfiguration'), 'Options')).map(([name, value]) =>
      setting(name, text(value)),
    ),
  ]);
}

/** Each entry of a list; of anything but a list, such as a condition, nothing is known. */
function listOr(name: string, value: unknown, each: (entry: unknown) => Setting): Setting[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map((entry: unknown) => each(entry)) : [setting(name, UNKNOWN)];
}

const COMMANDS: ReadonlySet<string> = new Set(['EntryPoint', 'Command', 'HealthCheck']);

const setting = (name: string, text: string, inCommand = false): Setting => ({ name, text, inCommand });

const nested = (body: Body, key: string): Body => (isRecord(body[key]) ? body[key] : {});
