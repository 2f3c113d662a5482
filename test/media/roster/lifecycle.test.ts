import {
  AutoScalingClient,
  CompleteLifecycleActionCommand,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { type Service, type Sight, holdFor, isLeaving } from '../../../media/roster/lifecycle/decide';
import { identityOf, instanceOf, serviceOf } from '../../../media/roster/lifecycle/ecs';
import { Holder } from '../../../media/roster/lifecycle/hold';
import { targetState } from '../../../media/roster/lifecycle/instance';
import { serve } from './support';

const self = { task: 'task/b', taskDefinition: 'edge:2' };
const steady: Service = {
  desired: 3,
  newest: { taskDefinition: 'edge:2', isUp: true },
  isDeploying: false,
  tasks: ['task/a', 'task/b', 'task/c'],
};
const calm: Sight = { target: 'InService', instance: 'ACTIVE', service: steady };

describe('a node leaves', () => {
  const newer = { taskDefinition: 'edge:3', isUp: true };
  const surplus = (...leaving: string[]): Service => ({
    ...steady,
    desired: 2,
    told: steady.tasks.map((node) => ({ node, calls: 1, isLeaving: leaving.includes(node), ageMs: 5_000 })),
  });

  test.each<[string, Partial<Sight>, boolean]>([
    ['when Auto Scaling takes its instance', { target: 'Terminated' }, true],
    ['when ECS drains its instance', { instance: 'DRAINING' }, true],
    ['when all tasks of a newer deployment are up', { service: { ...steady, isDeploying: true, newest: newer } }, true],
    [
      'not while some of them are not up',
      { service: { ...steady, isDeploying: true, newest: { ...newer, isUp: false } } },
      false,
    ],
    ['not when it is of the newest deployment itself', { service: { ...steady, isDeploying: true } }, false],
    ['when more are up than are wanted and it has said that it goes', { service: surplus('task/b') }, true],
    ['not when another has said so', { service: surplus('task/c') }, false],
    ['not before it has said so, however empty it is', { service: surplus() }, false],
    ['not when nobody answers who goes', { service: { ...surplus('task/b'), told: undefined } }, false],
    [
      'not when as many are up as are wanted, whatever was said',
      { service: { ...surplus('task/b'), desired: 3 } },
      false,
    ],
    [
      'not when it is the last, even if none is wanted',
      { service: { ...steady, desired: 0, tasks: ['task/b'] } },
      false,
    ],
    [
      'not because more are up than wanted while it is replaced',
      { service: { ...surplus('task/b'), isDeploying: true } },
      false,
    ],
    ['not because nobody answers', { target: undefined, instance: undefined, service: undefined }, false],
  ])('%s', (_, bent, leaves) => {
    expect(isLeaving({ ...calm, ...bent }, self, false)).toBe(leaves);
  });

  test('for as long as anything is unknown, and comes back when all say that it is wanted', () => {
    expect(isLeaving({ ...calm, service: undefined }, self, true)).toBe(true);
    expect(isLeaving({ ...calm, instance: undefined }, self, true)).toBe(true);
    expect(isLeaving({ ...calm, service: { ...surplus('task/c'), told: undefined } }, self, true)).toBe(true);
    expect(isLeaving({ ...calm, service: surplus('task/c') }, self, true)).toBe(false);
    expect(isLeaving(calm, self, true)).toBe(false);
  });
});

describe('what holds a node', () => {
  const told = { isToldToLeave: true, rest: 1 };
  const terminating = { ...calm, target: 'Terminated' };

  test('one that takes calls is protected before the first of them', () => {
    expect(holdFor(calm, { isToldToLeave: false, rest: 0 })).toEqual({ protect: true, hook: 'nothing' });
  });

  test.each<[string, Sight, { isToldToLeave: boolean; rest: number | undefined }, string, boolean]>([
    ['with a call', terminating, told, 'renew', true],
    ['whose proxy does not say how many calls there are', terminating, { ...told, rest: undefined }, 'renew', true],
    ['whose proxy was not told', terminating, { isToldToLeave: false, rest: 0 }, 'renew', true],
    ['whose last call has ended', terminating, { ...told, rest: 0 }, 'complete', false],
    ['that is surplus and empty, its instance not taken', calm, { ...told, rest: 0 }, 'nothing', false],
  ])('one that leaves %s', (_, sight, state, hook, protect) => {
    expect(holdFor(sight, state)).toEqual({ protect, hook });
  });
});

describe('protection and hook', () => {
  const ecs = mockClient(ECSClient);
  const autoScaling = mockClient(AutoScalingClient);
  let now: number;
  let failures: number;
  let holder: Holder;
  const renewals = () => autoScaling.commandCalls(RecordLifecycleActionHeartbeatCommand).length;
  const protections = () => ecs.commandCalls(UpdateTaskProtectionCommand).map(({ args }) => args[0].input);
  const during = async (minutes: number, hold: Parameters<Holder['keep']>[0]) => {
    for (const end = now + minutes * 60_000; now < end; now += 5_000)
      await holder.keep(hold, 'i-1').catch(() => undefined);
  };

  beforeEach(() => {
    ecs.reset();
    autoScaling.reset();
    ecs.on(UpdateTaskProtectionCommand).resolves({});
    autoScaling.onAnyCommand().resolves({});
    [now, failures] = [0, 0];
    holder = new Holder({
      ecs: new ECSClient({ region: 'us-east-1' }),
      autoScaling: new AutoScalingClient({ region: 'us-east-1' }),
      cluster: 'cell',
      task: 'task/b',
      protectionMinutes: 120,
      group: 'cell-edge',
      hook: 'voicecell-drain',
      heartbeatSeconds: 300,
      now: () => now,
      tellFailure: () => (failures += 1),
    });
  });

  test('protection is set at once, renewed well before it ends, and cleared once', async () => {
    await during(119, { protect: true, hook: 'nothing' });
    expect(protections()).toHaveLength(4);
    expect(protections()[0]).toEqual({
      cluster: 'cell',
      tasks: ['task/b'],
      protectionEnabled: true,
      expiresInMinutes: 120,
    });
    await during(120, { protect: false, hook: 'nothing' });
    expect(protections().slice(4)).toEqual([{ cluster: 'cell', tasks: ['task/b'], protectionEnabled: false }]);
    expect(renewals()).toBe(0);
  });

  test('the hook is renewed four times a heartbeat while a call lasts, and completed once', async () => {
    await during(10, { protect: true, hook: 'renew' });
    expect(renewals()).toBe(8);
    await during(10, { protect: false, hook: 'complete' });
    expect(renewals()).toBe(8);
    expect(autoScaling.commandCalls(CompleteLifecycleActionCommand).map(({ args }) => args[0].input)).toEqual([
      {
        AutoScalingGroupName: 'cell-edge',
        LifecycleHookName: 'voicecell-drain',
        InstanceId: 'i-1',
        LifecycleActionResult: 'CONTINUE',
      },
    ]);
  });

  test('the hook is renewed and completed also where ECS no longer says which instance it is', async () => {
    await holder.keep({ protect: true, hook: 'nothing' }, 'i-1');
    for (const end = now + 600_000; now < end; now += 5_000)
      await holder.keep({ protect: true, hook: 'renew' }, undefined);
    expect([renewals(), failures]).toEqual([8, 0]);
    await holder.keep({ protect: false, hook: 'complete' }, undefined);
    expect(autoScaling.commandCalls(CompleteLifecycleActionCommand)[0]?.args[0].input.InstanceId).toBe('i-1');
  });

  test('one that cannot be renewed because ECS has never said which instance it is, is told', async () => {
    await holder.keep({ protect: true, hook: 'nothing' }, undefined);
    expect(failures).toBe(0);
    await expect(holder.keep({ protect: true, hook: 'renew' }, undefined)).rejects.toThrow('which instance');
    expect([renewals(), failures]).toEqual([0, 1]);
    await during(1, { protect: true, hook: 'renew' });
    expect(renewals()).toBeGreaterThan(0);
  });

  test('what AWS refuses is asked again five seconds later, and the one is not kept back by the other', async () => {
    ecs.on(UpdateTaskProtectionCommand).resolves({ failures: [{ reason: 'TASK_NOT_VALID' }] });
    await expect(holder.keep({ protect: true, hook: 'renew' }, 'i-1')).rejects.toThrow('TASK_NOT_VALID');
    expect(renewals()).toBe(1);
    ecs.on(UpdateTaskProtectionCommand).resolves({});
    await during(1, { protect: true, hook: 'renew' });
    expect(protections()).toHaveLength(2);
    expect(failures).toBe(1);
  });

  test('what AWS goes on refusing is asked twice as late each time and once a minute in the end, each told', async () => {
    ecs.on(UpdateTaskProtectionCommand).rejects(new Error('Rate exceeded'));
    await during(10, { protect: true, hook: 'renew' });
    // At 0, 5, 15, 35 and 75 s, then every minute.
    expect([protections().length, failures]).toEqual([13, 13]);
    expect(renewals()).toBe(8);
    ecs.on(UpdateTaskProtectionCommand).resolves({});
    await during(2, { protect: true, hook: 'renew' });
    expect([protections().length, failures]).toEqual([14, 13]);
  });
});

describe('who and where the node is', () => {
  const ecs = mockClient(ECSClient);
  const client = new ECSClient({ region: 'us-east-1' });

  const told = jest.fn((tasks: readonly string[]): Promise<Service['told']> =>
    Promise.resolve(tasks.map((node) => ({ node, calls: 4, isLeaving: true, ageMs: 0 }))),
  );
  const service = () => serviceOf(client, 'cell', 'edge', told);
  /** One deployment and what ECS counts of it. */
  const counts = (desiredCount: number, runningCount?: number, pendingCount?: number) => {
    const deployments = [{ status: 'PRIMARY', taskDefinition: 'edge:3', desiredCount, runningCount }];
    const found = { desiredCount, runningCount, pendingCount, deployments };
    ecs.on(DescribeServicesCommand, { cluster: 'cell', services: ['edge'] }).resolves({ services: [found] });
  };
  const lists = () => ecs.commandCalls(ListTasksCommand).length;

  beforeEach(() => {
    ecs.reset();
    told.mockClear();
    ecs
      .on(ListTasksCommand, { cluster: 'cell', serviceName: 'edge' })
      .resolves({ taskArns: ['task/a'], nextToken: '2' });
    ecs.on(ListTasksCommand, { nextToken: '2' }).resolves({ taskArns: ['task/b'] });
  });

  test('the agent names the task, and ECS says the rest', async () => {
    const url = await serve(({ url }) => (url === '/v4/x/task' ? JSON.stringify({ TaskARN: 'task/b' }) : undefined));
    ecs
      .on(DescribeTasksCommand, { cluster: 'cell', tasks: ['task/b'] })
      .resolves({ tasks: [{ taskDefinitionArn: 'edge:2', containerInstanceArn: 'instance/1' }] });
    ecs
      .on(DescribeContainerInstancesCommand, { cluster: 'cell', containerInstances: ['instance/1'] })
      .resolves({ containerInstances: [{ status: 'DRAINING', ec2InstanceId: 'i-1' }] });
    const identity = await identityOf(client, 'cell', `${url}/v4/x`);
    expect(identity).toEqual({ ...self, containerInstance: 'instance/1' });
    expect(identity && (await instanceOf(client, 'cell', identity))).toMatchObject({ status: 'DRAINING' });
  });

  test('of the service: what it wants and the newest deployment; nobody is surplus, and none listed, while it deploys', async () => {
    const deployments = [
      { status: 'ACTIVE', taskDefinition: 'edge:2', desiredCount: 0, runningCount: 2 },
      { status: 'PRIMARY', taskDefinition: 'edge:3', desiredCount: 2, runningCount: 1 },
    ];
    ecs.on(DescribeServicesCommand).resolves({ services: [{ desiredCount: 2, runningCount: 3, deployments }] });
    expect(await service()).toEqual({
      desired: 2,
      newest: { taskDefinition: 'edge:3', isUp: false },
      isDeploying: true,
      tasks: [],
    });
    expect([lists(), told.mock.calls]).toEqual([0, []]);
  });

  test('of the others what they have said, on however many pages they are listed, where more are up than are wanted', async () => {
    counts(1, 1, 1);
    expect((await service())?.told).toMatchObject([{ node: 'task/a', calls: 4, isLeaving: true }, { node: 'task/b' }]);
    told.mockResolvedValueOnce(undefined);
    expect(await service()).toMatchObject({ desired: 1, tasks: ['task/a', 'task/b'], told: undefined });
  });

  test.each<[string, number | undefined, number | undefined, number]>([
    ['not', 2, 0, 0],
    ['not while one is missing', 1, 0, 0],
    ['when one more runs or is about to', 2, 1, 2],
    ['when ECS does not count them itself', undefined, undefined, 2],
  ])('tasks are listed %s', async (_, running, pending, pages) => {
    counts(2, running, pending);
    expect(await service()).toMatchObject({ desired: 2, isDeploying: false });
    expect(lists()).toBe(pages);
  });

  test('silence is no answer', async () => {
    ecs.onAnyCommand().rejects(new Error('unreachable'));
    expect(await service()).toBeUndefined();
    expect(await instanceOf(client, 'cell', { ...self, containerInstance: 'x' })).toEqual({});
    expect(await identityOf(client, 'cell', 'http://127.0.0.1:1')).toBeUndefined();
    expect(await targetState('http://127.0.0.1:1')).toBeUndefined();
  });

  test('the instance says where it is being taken, to who has a token', async () => {
    const url = await serve(({ method, url, headers }) => {
      if (method === 'PUT' && url === '/api/token') return 'TOKEN';
      return headers['x-aws-ec2-metadata-token'] === 'TOKEN' && url?.endsWith('/target-lifecycle-state')
        ? 'Terminated'
        : undefined;
    });
    expect(await targetState(url)).toBe('Terminated');
    expect(await targetState(`${url}/nowhere`)).toBeUndefined();
  });
});
