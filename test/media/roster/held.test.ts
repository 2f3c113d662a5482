import { ECSClient } from '@aws-sdk/client-ecs';
import { setTimeout as sleep } from 'node:timers/promises';
import { METRICS } from '../../../media/contract';
import { holdEnv } from '../../../media/contract/lifecycle';
import type { lifeIn as LifeIn } from '../../../media/roster/lifecycle/aws';
import { Life } from '../../../media/roster/lifecycle/life';
import { lifeSettings, readEnv } from '../../../media/roster/lifecycle/settings';
import { FakeEcs, type FakeTask } from '../../support/fake-ecs';

const RENEW = 'RecordLifecycleActionHeartbeat';
/** Renewed at every look: a quarter of it is over by then. */
const HEARTBEAT_SECONDS = '0.02';

describe('a node', () => {
  let ecs: FakeEcs;
  let task: FakeTask;
  let life: Life;
  let lines: string[];
  let lifeIn: typeof LifeIn;

  beforeAll(async () => {
    ecs = await FakeEcs.start();
    task = ecs.add('a');
    Object.assign(process.env, ecs.envOf(task));
    // It reads where the metadata of the instance is when it is imported.
    ({ lifeIn } = await import('../../../media/roster/lifecycle/aws'));
  });
  afterAll(() => ecs.stop());

  beforeEach(() => {
    task.target = 'InService';
    ecs.fault = () => undefined;
    ecs.asked.splice(0);
    lines = [];
    const settings = readEnv({ ...env, ...ecs.envOf(task) }, lifeSettings);
    const log = { print: (line: string) => lines.push(line), warn: () => undefined };
    life = new Life(lifeIn(new ECSClient({ region: settings.region, maxAttempts: 1 }), settings, log), {
      tellLeaving: () => Promise.resolve(true),
      rest: () => Promise.resolve(1),
    });
  });

  const looks = async (times: number) => {
    for (let look = 0; look < times; look += 1) {
      await life.look().catch(() => undefined);
      await sleep(10);
    }
  };
  const renewals = () => ecs.asked.filter((one) => one === RENEW).length;
  const failures = () => lines.filter((line) => line.includes(`"${METRICS.holdFailures}":1`)).length;

  test('whose instance is taken renews its hook also while ECS alone refuses: the instance itself says that it is taken', async () => {
    await looks(1);
    task.target = 'Terminated';
    ecs.fault = (action) => (action === 'instance' || action === RENEW ? undefined : 'refuse');
    await looks(3);
    expect(renewals()).toBe(3);
  });

  test('whose instance is taken says that it is not held where ECS has never said which instance that is', async () => {
    task.target = 'Terminated';
    ecs.fault = (action) => (action === 'DescribeContainerInstances' ? 'refuse' : undefined);
    await expect(life.look()).rejects.toThrow('which instance');
    expect([renewals(), failures()]).toEqual([0, 1]);
  });

  test('that can neither say how full it is nor hear it of the others says so', async () => {
    ecs.add('b');
    ecs.fault = (action) => (action.endsWith('Attributes') ? 'refuse' : undefined);
    await expect(life.look()).rejects.toThrow('Rate exceeded');
    expect(failures()).toBe(2);
  });
});

const env: Readonly<Record<string, string>> = {
  ...holdEnv(60),
  HOOK_HEARTBEAT_SECONDS: HEARTBEAT_SECONDS,
  VOICECELL_DEPLOYMENT: 'test',
  VOICECELL_CELL: 'use1-az4',
  METRICS_NAMESPACE: METRICS.namespace,
  AUTO_SCALING_GROUP: 'cell-media',
  DRAIN_HOOK: 'voicecell-drain',
};
