import type { Answer, Unknown } from '../../../../aws/answer';
import { shortId, type DefinitionFacts, type HostPort, type RegionFacts, type TaskFacts } from './facts';
import { untold, wrong, type Flaw } from './finding';
import type { Running } from './judge-nodes';
import type { ExpectedImage, Stage } from './stages';

const nameOf = ({ arn }: TaskFacts): string => `task ${shortId(arn)}`;

const definitionOf = ({ definition }: TaskFacts, { cluster }: Running): Answer<DefinitionFacts> =>
  cluster.definitions.get(definition) ?? UNTOLD;

const UNTOLD: Unknown = {
  known: false,
  action: 'ecs:DescribeTaskDefinition',
  why: 'nothing was read of its task definition',
  remedy: 'ask again in a minute',
};

/** What runs, told from both ends: the ports the agent reports, and those the definition of the task asks for. */
export const portFlaws =
  ({ mayTake }: Stage) =>
  (task: TaskFacts, running: Running): Flaw[] => {
    const definition = definitionOf(task, running);
    const reported = task.containers.flatMap(({ ports }) => ports);
    const asked = definition.known ? definition.value.ports : [];
    const beyond = [...reported, ...asked].filter((port) => !mayTake(port)).map(written);
    if (beyond.length > 0)
      return [wrong(`${nameOf(task)} takes ${[...new Set(beyond)].join(', ')} of its node, which the plan does not`)];
    return definition.known ? [] : [untold(`the ports of ${nameOf(task)}`, definition)];
  };

const written = ({ protocol, port }: HostPort): string => `${protocol}/${port}`;

export const gpuFlaws =
  ({ gpus }: Stage) =>
  (task: TaskFacts, running: Running): Flaw[] => {
    const definition = definitionOf(task, running);
    const given = task.containers.reduce((sum, container) => sum + container.gpus, 0);
    if (given < gpus) return [wrong(`${nameOf(task)} runs with ${given} GPUs, planned are ${gpus}`)];
    if (!definition.known) return [untold(`the GPUs that ${nameOf(task)} reserves`, definition)];
    if (definition.value.gpus >= gpus) return [];
    return [wrong(`${nameOf(task)} reserves ${definition.value.gpus} GPUs, planned are ${gpus}`)];
  };

export const execFlaws = (task: TaskFacts): Flaw[] =>
  task.allowsExec ? [wrong(`${nameOf(task)} lets a shell be opened in it`)] : [];

/** A minute for clocks that differ and for the request itself. */
const SLACK_MINUTES = 1;

export const protectionFlaws =
  (now: Date, maxCallMinutes: number) =>
  (task: TaskFacts, { cluster: { protectedUntil } }: Running): Flaw[] => {
    if (!protectedUntil.known) return [untold(`the protection of ${nameOf(task)}`, protectedUntil)];
    if (!protectedUntil.value.has(task.arn)) return [];
    const until = protectedUntil.value.get(task.arn);
    const latest = now.getTime() + (maxCallMinutes + SLACK_MINUTES) * 60_000;
    if (until && until.getTime() <= latest) return [];
    const end = until ? `until ${until.toISOString()}` : 'without an end';
    return [wrong(`${nameOf(task)} is protected ${end}, longer than the ${maxCallMinutes} minutes a call may last`)];
  };

/** Third-party images, and whatever container the plan does not know. */
export const lockedImageFlaws =
  ({ images }: Stage) =>
  (task: TaskFacts): Flaw[] =>
    task.containers.flatMap(({ name, digest }) => {
      const expected = images.get(name);
      if (!expected) return [wrong(`container ${name} of ${nameOf(task)} is not in the plan, and runs ${cut(digest)}`)];
      return expected.kind === 'locked' ? lockedFlaws(`container ${name}`, expected, digest) : [];
    });

type Locked = Extract<ExpectedImage, { kind: 'locked' }>;

function lockedFlaws(what: string, { reference, digest: locked }: Locked, digest: string | undefined): Flaw[] {
  if (locked === undefined)
    return [hidden(`the lock file names no digest of ${reference}`, 'name it with voicecell images lock')];
  if (digest === undefined) return [notPulled(what)];
  return digest === locked ? [] : [wrong(`${what} runs ${cut(digest)}, locked is ${cut(locked)} (${reference})`)];
}

export const ownImageFlaws =
  ({ images }: Stage) =>
  (task: TaskFacts, { region }: Running): Flaw[] =>
    task.containers.flatMap(({ name, digest }) => {
      const expected = images.get(name);
      return expected?.kind === 'own' ? ownFlaws(`container ${name}`, expected, digest, region) : [];
    });

type Own = Extract<ExpectedImage, { kind: 'own' }>;

function ownFlaws(what: string, { built }: Own, digest: string | undefined, { images }: RegionFacts): Flaw[] {
  if (!built) return [hidden(`the templates name no asset hash of ${what}`, 'audit the templates that are deployed')];
  if (!images.known) return [untold(`the digest of ${what} in ${built.repository}`, images)];
  if (digest === undefined) return [notPulled(what)];
  const digests = images.value.get(`${built.repository}:${built.tag}`) ?? [];
  if (digests.includes(digest)) return [];
  const asset = `asset ${built.tag.slice(0, 12)}`;
  const is = digests[0] === undefined ? `which ${built.repository} does not hold` : `which is ${cut(digests[0])}`;
  return [wrong(`${what} runs ${cut(digest)}, not ${asset}, ${is}`)];
}

const hidden = (text: string, remedy: string): Flaw => ({ status: 'indeterminate', text, remedy });

const notPulled = (what: string): Flaw => hidden(`ECS names no digest of what ${what} runs`, 'ask again in a minute');

const cut = (digest = 'nothing that is known'): string => digest.replace(/^(sha256:[0-9a-f]{12}).*/, '$1');
