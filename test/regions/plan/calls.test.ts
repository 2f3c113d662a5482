import path from 'node:path';
import { readConfig } from '../../../media/agent/config';
import { readSettings as recorderSettings } from '../../../media/recorder/settings';
import { readSettings } from '../../../media/server/settings';
import { readDeployment } from '../../../regions/config';
import { readLock } from '../../../regions/lock';
import { planDeployment } from '../../../regions/plan';
import type { RegionPlan } from '../../../regions/plan/types';

const DEPLOYMENTS = path.join(__dirname, '..', '..', '..', 'regions', 'deployments');

function planned(deployment: string): RegionPlan {
  const [config, lock] = [readDeployment(path.join(DEPLOYMENTS, `${deployment}.yaml`)), readLock()];
  if (!config.ok || !lock.ok) throw new Error(`${deployment} cannot be read`);
  const [plan] = planDeployment(config.config, lock.lock);
  if (!plan) throw new Error(`${deployment} has no region`);
  return plan;
}

function environmentOf({ cells: [cell] }: RegionPlan, container: string): Readonly<Record<string, string>> {
  const containers = [...(cell?.edge.containers ?? []), ...(cell?.media.containers ?? [])];
  return containers.find(({ name }) => name === container)?.env ?? {};
}

/** Ids that only the stacks know. */
const KEYS = { RECORDINGS_KEY_ARN: 'arn:aws:kms:key', TRANSCRIPTS_KEY_ARN: 'arn:aws:kms:key' };

test.each(['sandbox', 'healthcare-us', 'brokerage-us', 'europe'])(
  'what the plan of %s hands over is what media server, agent and recorder take',
  (deployment) => {
    const plan = planned(deployment);
    expect(readSettings(environmentOf(plan, 'server'))).not.toHaveProperty('problems');
    expect(readConfig(environmentOf(plan, 'agent'))).not.toHaveProperty('problems');
    expect(recorderSettings({ ...environmentOf(plan, 'recorder'), ...KEYS })).not.toHaveProperty('problems');
  },
);

describe('a business function', () => {
  const plan = planned('healthcare-us');

  test('reaches the agent with its greeting and tools, and with the way to them', () => {
    expect(readConfig(environmentOf(plan, 'agent'))).toMatchObject({
      TOOL_PROXY: `proxy.${plan.cells[0]?.namespace}`,
      NUMBERS: expect.arrayContaining([
        expect.objectContaining({
          number: '+12025550111',
          greeting: expect.stringContaining('clinic'),
          tools: [expect.objectContaining({ name: 'book_visit', timeoutMs: 3000, takesDigits: false })],
        }),
      ]),
    });
  });

  test('is held to its measures by people: no container is told', () => {
    expect(environmentOf(plan, 'agent')['NUMBERS']).not.toContain('kpis');
    expect(environmentOf(plan, 'server')['NUMBERS']).not.toMatch(/persona|tools|kpis/);
    expect(plan.sip.numbers[0]?.kpis).toHaveLength(2);
  });

  test('has a proxy with its hosts on the edge nodes, for media nodes of the cell', () => {
    expect(environmentOf(plan, 'proxy')).toMatchObject({
      OUTSIDE_HOSTS: 'scheduling.clinics.example.com',
      PROXY_CLIENTS: plan.cells[0]?.subnets.media,
    });
    expect(plan.refusals.join()).not.toContain('scheduling.clinics.example.com');
  });

  test('without hosts outside has none', () => {
    const quiet = planned('brokerage-us');
    expect(environmentOf(quiet, 'proxy')).toEqual({});
    expect(environmentOf(quiet, 'agent')).not.toHaveProperty('TOOL_PROXY');
    expect(quiet.cells[0]).not.toHaveProperty('proxyService');
  });
});

test('bridged queues reach the media server with the addresses that may end their calls', () => {
  const plan = planned('brokerage-us');
  expect(environmentOf(plan, 'server')).toMatchObject({ QUEUE_CIDRS: '192.168.40.8/29' });
  expect(plan.network.queueNetwork?.transitGatewayId).toBe('tgw-0123456789abcdef0');
  expect(planned('sandbox').network).not.toHaveProperty('queueNetwork');
  expect(environmentOf(planned('sandbox'), 'server')).not.toHaveProperty('QUEUE_CIDRS');
});
