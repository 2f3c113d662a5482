import { isKnown } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { shown, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { isTrue } from './shared/records';
import { containersOf } from './shared/tasks';

/** Whoever breaks out of a privileged container, or is let into any, hears the calls of its node. */
export const ACC_09: Control = {
  id: 'ACC-09',
  title: 'Containers have no power over their node, and nobody can open a shell in them.',
  citations: [
    { authority: 'soc2', text: 'TSC 2017 CC6.1; CC6.8' },
    { authority: 'house', text: 'a node runs what its plan says and nothing else' },
  ],
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-26',
  builds: 'Containers without privileges, that drop every capability they do not need; services without ECS Exec.',
  onTemplate:
    'No container of a task definition is Privileged, has a capability of the host’s administrator or shares its processes, no task mounts a container engine’s socket, and no service has EnableExecuteCommand.',
  live: 'ecs:DescribeTaskDefinition; ecs:DescribeServices',
  check: (evidence) => [
    ...evidence.ofType('AWS::ECS::TaskDefinition').map((task) => judgeTask(evidence, task)),
    ...evidence
      .ofType('AWS::ECS::Service')
      .map((service) =>
        verdict(
          service,
          switchFlaws('EnableExecuteCommand', evidence.at(service, 'EnableExecuteCommand')),
          'nobody can open a shell in its tasks',
        ),
      ),
  ],
};

const judgeTask = (evidence: Evidence, task: Resource): Judgement =>
  verdict(
    task,
    [...containerFlaws(evidence, task), ...sharingFlaws(evidence, task), ...socketFlaws(evidence, task)],
    'its containers have no power over their node',
  );

function containerFlaws(evidence: Evidence, task: Resource): readonly Flaw[] {
  const definitions = evidence.at(task, 'ContainerDefinitions');
  if (definitions !== undefined && !Array.isArray(definitions))
    return [hidden('its containers cannot be read; write ContainerDefinitions out')];
  return containersOf(evidence, task).flatMap((container) => [
    ...switchFlaws('Privileged', container['Privileged']),
    ...capabilitiesOf(container)
      .filter((capability) => !isKnown(capability) || POWERS.has(String(capability).replace(/^CAP_/, '')))
      .map(capabilityFlaw),
  ]);
}

const capabilityFlaw = (capability: unknown): Flaw =>
  isKnown(capability)
    ? wrong(`a container has the capability ${shown(capability)}; take it out of Capabilities.Add`)
    : hidden('its capabilities cannot be read; write Capabilities.Add out');

/** With any of these a container is as good as privileged. */
const POWERS: ReadonlySet<string> = new Set([
  'ALL',
  'SYS_ADMIN',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'DAC_READ_SEARCH',
]);

function capabilitiesOf({ LinuxParameters: parameters }: Readonly<Record<string, unknown>>): readonly unknown[] {
  const capabilities = isRecord(parameters) ? parameters['Capabilities'] : parameters;
  const added = isRecord(capabilities) ? capabilities['Add'] : capabilities;
  return asList(added);
}

const sharingFlaws = (evidence: Evidence, task: Resource): readonly Flaw[] =>
  ['PidMode', 'IpcMode'].flatMap((name) => {
    const value = evidence.at(task, name);
    if (!isKnown(value)) return [hidden(`its ${name} cannot be read; write it out`)];
    return value === 'host' ? [wrong(`its ${name} is host; leave ${name} out`)] : [];
  });

const socketFlaws = (evidence: Evidence, task: Resource): readonly Flaw[] =>
  evidence.list(task, 'Volumes').flatMap(({ Host: host }) => {
    const path = isRecord(host) ? host['SourcePath'] : undefined;
    return typeof path === 'string' && SOCKET.test(path)
      ? [wrong(`it mounts ${path}, by which containers are started; take the volume out`)]
      : [];
  });

/** The socket itself, or a folder it lies in. */
const SOCKET = /^\/(?:$|(?:var\/)?run(?:\/?$|\/(?:docker|containerd)))/;

function switchFlaws(name: string, value: unknown): readonly Flaw[] {
  if (!isKnown(value)) return [hidden(`${name} cannot be read; set it to false`)];
  return isTrue(value) ? [wrong(`${name} is ${shown(value)}; set ${name} to false`)] : [];
}
