import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { AgentProcess, buildPrograms, codeOf, remove, statusOf, until } from '../media/agent/support/agent-process';
import { FakeAsterisk } from '../media/agent/support/fake-asterisk';
import { FakeModels } from '../media/agent/support/fake-models';
import { NUMBER } from '../media/agent/support/running-agent';

jest.setTimeout(60_000);

let folder: string;
let models: FakeModels;
let agent: AgentProcess;

beforeAll(() => {
  folder = buildPrograms();
});
afterAll(() => remove(folder));

beforeEach(async () => {
  models = await FakeModels.start();
  agent = await AgentProcess.start(folder, models);
});
afterEach(() => {
  agent.stop();
  models.stop();
});

const dial = () => FakeAsterisk.dial({ url: agent.audio, variables: { VOICECELL_NUMBER: NUMBER } });
const capacityIs = (capacity: number) => until(async () => (await statusOf(agent))?.capacity === capacity);

test('calls are spread over processes, the excess is refused, and the status says so', async () => {
  const calls = [await dial(), await dial()];
  for (const call of calls) await call.until(() => call.voicedMs() > 200);
  expect(await statusOf(agent)).toEqual({ calls: 2, capacity: 0, draining: false });
  expect(await codeOf(agent, '/ready')).toBe(503);
  expect(agent.run('health.js')).toBe(0);
  await expect(dial()).rejects.toThrow('503');
  for (const call of calls) call.hangUp();
  await capacityIs(2);
});

test('a connection that is no call takes no place for long', async () => {
  const idle = connect(Number(new URL(agent.audio).port), '127.0.0.1');
  await capacityIs(1);
  await capacityIs(2);
  expect(await statusOf(agent)).toEqual({ calls: 0, capacity: 2, draining: false });
  idle.destroy();
});

test('a process that dies takes its own calls only, and is replaced', async () => {
  const calls = [await dial(), await dial()];
  for (const call of calls) await call.until(() => call.voicedMs() > 200);
  const [worker] = childrenOf(agent.child.pid ?? 0);
  process.kill(worker ?? 0, 'SIGKILL');
  await until(async () => Promise.resolve(calls.filter(({ closed }) => closed).length === 1));
  await capacityIs(1);
  expect(await statusOf(agent)).toMatchObject({ calls: 1 });
  for (const call of calls) call.hangUp();
});

test('SIGTERM takes no new calls and waits for the end of the last one', async () => {
  const call = await dial();
  await call.until(() => call.voicedMs() > 200);
  agent.child.kill('SIGTERM');
  await until(async () => (await statusOf(agent))?.draining === true);
  await expect(dial()).rejects.toThrow('503');
  expect(call.closed).toBe(false);
  const gone = once(agent.child, 'exit');
  call.hangUp();
  expect(await gone).toEqual([0, null]);
});

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
