import { type Fault, FakeEcs, type FakeTask } from '../support/fake-ecs';
import { FakeAgent } from './support/fake-agent';
import { dial, dialAgent, talks } from './support/media-call';
import { MediaTask } from './support/media-task';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { until } from './support/until';

const PROTECT = 'UpdateTaskProtection';
const RENEW = 'RecordLifecycleActionHeartbeat';

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'a media node that AWS does not let hold itself', () => {
  const directory = temporaryDirectory();
  let ecs: FakeEcs;
  let task: FakeTask;
  let node: MediaTask;
  let agent: FakeAgent;

  beforeAll(async () => {
    ecs = await FakeEcs.start();
    task = ecs.add('a');
    // Not even who it is.
    ecs.fault = (action) => (action === 'agent' ? 'garbage' : undefined);
    node = await MediaTask.start({ directory, prompts: renderPrompts(directory), ecs, task });
    agent = await FakeAgent.listen(node.server.agentPort);
  });
  afterAll(() => ecs.stop());

  const asked = (action: string) => ecs.asked.filter((one) => one === action).length;

  test('takes calls all the same, says that it is not held, and is held as soon as AWS lets it', async () => {
    await until('what it says', () => node.failures > 0, 20_000);
    const { caller, callId } = await dialAgent(node.server, agent, directory, talks(28_000));
    // Then again, five and ten seconds later.
    const ways: Fault[] = ['hang', 'garbage'];
    ecs.fault = (action) => (action === PROTECT ? ways.shift() : undefined);
    await until('protection', () => task.isProtected === true, 26_000);

    expect(asked(PROTECT)).toBe(3);
    expect(node.failures).toBeGreaterThanOrEqual(3);
    expect(caller.isRunning).toBe(true);
    expect(node.server.events(callId).map(({ event }) => event)).not.toContain('call.ended');
    expect(node.holder.isRunning).toBe(true);
    await caller.done(50_000);
    expect(await node.server.event(callId, 'call.ended')).toMatchObject({ by: 'caller' });
  }, 120_000);

  test('keeps its call while what holds it is killed, and the next one holds it on', async () => {
    const { caller, callId } = await dialAgent(node.server, agent, directory, talks(20_000));
    [task.status, task.target] = ['DRAINING', 'Terminated'];
    await until('the file', () => node.isLeaving, 15_000);
    const before = { protect: asked(PROTECT), renewed: asked(RENEW) };
    await node.killAndStartHolder();
    await until('protection anew', () => asked(PROTECT) > before.protect && asked(RENEW) > before.renewed, 20_000);
    await until('the file anew', () => node.isLeaving, 10_000);

    expect([caller.isRunning, task.isProtected, task.isReleased]).toEqual([true, true, false]);
    [task.status, task.target] = ['ACTIVE', 'InService'];
    await caller.done(40_000);
    expect(await node.server.event(callId, 'call.ended')).toMatchObject({ by: 'caller' });
    await until('it to take calls again', () => !node.isLeaving, 15_000);
  }, 120_000);

  test('goes on leaving while AWS refuses everything, and lets go when AWS hears it', async () => {
    const { caller, callId } = await dialAgent(node.server, agent, directory, talks(14_000));
    [task.status, task.target] = ['DRAINING', 'Terminated'];
    await until('the file', () => node.isLeaving, 15_000);
    const before = ecs.asked.length;
    ecs.fault = () => 'refuse';
    const refused = await dial(node.server, directory, (script, rtpPort) => script.invite({ rtpPort }).refused(503));
    await refused.caller.done();
    await caller.done();
    expect(await node.server.event(callId, 'call.ended')).toMatchObject({ by: 'caller' });
    await until('the recording', () => node.stores.row(callId, 'recording#1') !== undefined, 30_000);
    await until('two looks', () => ecs.asked.length > before + 12, 30_000);
    expect([node.isLeaving, node.holder.isRunning, task.isReleased, task.isProtected]).toEqual([
      true,
      true,
      false,
      true,
    ]);

    ecs.fault = () => undefined;
    await until('the node to be let go', () => task.isReleased && task.isProtected === false, 70_000);
  }, 150_000);
});
