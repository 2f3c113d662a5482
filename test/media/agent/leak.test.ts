import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FakeModels } from './support/fake-models';
import { RunningAgent } from './support/running-agent';

jest.setTimeout(60_000);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const CALLS = 300;
const AT_ONCE = 10;

test('hundreds of short calls leave nothing behind', async () => {
  const models = await FakeModels.start();
  const agent = await RunningAgent.start(models, { cap: 3 * AT_ONCE });
  await calls(agent, CALLS);
  const before = await rest(agent);
  await calls(agent, CALLS);
  const after = await rest(agent);
  agent.stop();
  models.stop();
  expect(after.timers).toBeLessThanOrEqual(before.timers + 2);
  expect((after.heap - before.heap) / CALLS).toBeLessThan(8_000);
});

async function calls(agent: RunningAgent, count: number): Promise<void> {
  let left = count;
  const one = async () => {
    while ((left -= 1) >= 0) {
      const call = await agent.dial();
      await call.until(() => call.heard.length > 3);
      call.hangUp();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function rest(agent: RunningAgent) {
  agent.lines.length = 0;
  agent.times.length = 0;
  for (let tries = 0; agent.agent.calls > 0 && tries < 100; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(agent.agent.calls).toBe(0);
  collect();
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  return { timers, heap: process.memoryUsage().heapUsed };
}
