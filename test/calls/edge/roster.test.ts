import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { ask } from '../../../media/roster/kamailio';
import { Keeper } from '../../../media/roster/keeper';
import type { NodeStatus } from '../../../media/roster/nodes/decide';
import { statusesOf } from '../../../media/roster/nodes/status';
import { look } from '../../../media/roster/roster';
import { PLAIN, plainCarrier } from '../support/carriers';
import { afterTests } from '../support/cleanup';
import { Edge } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { UdpPeer } from '../support/sip/peer';
import { sdp } from '../support/sip/sdp';
import { until } from '../support/until';

const uri = 'sip:+12025550111@sip.use1.demo.example';
const body = sdp({ address: PLAIN, port: 40_010 });

describeWith(['kamailio', 'rtpengine'], 'the roster and the proxy it keeps', () => {
  const said = new Map<string, NodeStatus>();
  let edge: Edge;
  let carrier: UdpPeer;
  let nodes: MediaNode[];
  let keeper: Keeper;
  let statusPort: number;
  let reloads = 0;

  beforeAll(async () => {
    edge = await Edge.start({ carriers: [plainCarrier] });
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    statusPort = await freePort();
    const at = async (address: string) => {
      await serveStatus(address);
      return MediaNode.at({ address, port: await freePort() }, edge.at('SIP_INNER_PORT'));
    };
    nodes = await Promise.all(['127.0.0.21', '127.0.0.22'].map(at));
    for (const { uri } of nodes) said.set(address(uri), { calls: 0, capacity: 9, draining: false });
    keeper = new Keeper({
      file: edge.env['DISPATCHER_LIST'] ?? '',
      now: () => performance.now(),
      reload: async () => {
        reloads += 1;
        return ask(`http://127.0.0.1:${edge.env['HTTP_PORT']}/rpc`, 'dispatcher.reload');
      },
    });
  });

  const address = (node: string): string => node.split(':')[1] ?? '';

  async function serveStatus(address: string): Promise<void> {
    const server = createServer((_, response) => response.end(JSON.stringify(said.get(address))));
    server.listen(statusPort, address);
    await once(server, 'listening');
    afterTests(() => server.close());
  }

  const lookOnce = () =>
    look({
      keeper,
      listed: () => Promise.resolve(nodes.map((node) => node.uri)),
      desired: () => Promise.resolve(2),
      statuses: (known) => statusesOf(known, statusPort),
    });

  /** Looks as often as the program does, until Kamailio's own list is `expected`. */
  const untilListed = (...expected: string[]) =>
    until(
      expected.join(', '),
      async () => {
        await lookOnce();
        const { result } = await edge.rpc('dispatcher.list');
        return entriesOf(result).join() === expected.join();
      },
      15_000,
    );

  const place = async (): Promise<string> => {
    const before = nodes.map(({ invites }) => invites.length);
    await (await new Caller(carrier, { uri, body }).establish()).hangUp();
    return nodes.findIndex(({ invites }, index) => invites.length > (before[index] ?? 0)) === 0 ? 'first' : 'second';
  };

  test('nodes that are ready take turns', async () => {
    await untilListed(`1 ${nodes[0]?.uri}`, `1 ${nodes[1]?.uri}`);
    await until('both to be seen', async () => (await edge.get('/ready')).status === 200);
    expect(new Set([await place(), await place()])).toEqual(new Set(['first', 'second']));
  });

  test('a second reload within five seconds is refused by Kamailio, and the roster gets its way', async () => {
    reloads = 0;
    said.set('127.0.0.21', { calls: 1, capacity: 0, draining: true });
    await lookOnce();
    expect((await edge.rpc('dispatcher.reload')).error ?? (await edge.rpc('dispatcher.reload')).error).toBeDefined();
    await untilListed(`1 ${nodes[1]?.uri}`, `2 ${nodes[0]?.uri}`);
    expect(reloads).toBeLessThanOrEqual(3);
  });

  test('a node that drains stays drained, whatever is reloaded after', async () => {
    for (let n = 0; n < 3; n += 1) expect(await place()).toBe('second');
    await sleep(6_000);
    await edge.rpc('dispatcher.reload');
    await sleep(2_500);
    for (let n = 0; n < 3; n += 1) expect(await place()).toBe('second');
  });

  test('drained by command alone it would not have: Kamailio forgets such states when it reloads', async () => {
    const second = nodes[1]?.uri ?? '';
    expect((await edge.rpc('dispatcher.set_state', ['d', 1, second])).error).toBeUndefined();
    const flags = async () => JSON.stringify((await edge.rpc('dispatcher.list')).result);
    const before = await flags();
    await sleep(5_500);
    await edge.rpc('dispatcher.reload');
    await sleep(2_500);
    expect(before).toContain('"FLAGS":"D');
    expect(await flags()).not.toContain('"FLAGS":"D');
  });

  test('a full node gets calls again when it has room', async () => {
    said.set('127.0.0.21', { calls: 8, capacity: 1, draining: false });
    await untilListed(`1 ${nodes[0]?.uri}`, `1 ${nodes[1]?.uri}`);
    expect(new Set([await place(), await place()])).toEqual(new Set(['first', 'second']));
  });
});

interface Records {
  readonly RECORDS?: readonly {
    readonly SET: { readonly ID: number; readonly TARGETS: readonly { readonly DEST: { readonly URI: string } }[] };
  }[];
}

/** `set address` of each entry, sorted. */
const entriesOf = (result: unknown): string[] =>
  ((result as Records | undefined)?.RECORDS ?? [])
    .flatMap(({ SET }) => SET.TARGETS.map(({ DEST }) => `${SET.ID} ${DEST.URI}`))
    .toSorted();
