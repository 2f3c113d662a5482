import { EdgeNode } from '../../../media/roster/edge-node';
import type { Sight } from '../../../media/roster/lifecycle/decide';
import { callsOf, refusalsOf, standingOf, tellLeaving, tellShare } from '../../../media/roster/proxy';
import { PLAIN, plainCarrier } from '../support/carriers';
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
const [OWN, OTHER] = ['203-0-113-9', '203-0-113-10'] as const;

describeWith(['kamailio', 'rtpengine'], 'the life of an edge node, told to its proxy', () => {
  const steady = {
    desired: 2,
    newest: { taskDefinition: 'edge:1', isUp: true },
    isDeploying: false,
    tasks: ['task/a', 'task/b'],
  };
  const holds: { protect: boolean; hook: string }[] = [];
  const standings: string[] = [];
  const warnings: string[] = [];
  const directory = {
    ids: [OWN] as string[],
    keep: (standing: string) => Promise.resolve(void standings.push(standing)),
  };
  let sight: Sight = { target: 'InService', instance: 'ACTIVE', service: steady };
  let edge: Edge;
  let node: EdgeNode;
  let media: MediaNode;
  let carrier: UdpPeer;
  let rpc: string;
  const call = () => new Caller(carrier, { uri, body });

  beforeAll(async () => {
    edge = await Edge.start({ carriers: [{ ...plainCarrier, maxCalls: 4 }], env: { EDGE_NODES: '4' } });
    rpc = `http://127.0.0.1:${edge.env['HTTP_PORT']}/rpc`;
    media = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    edge.writeList([`1 ${media.uri}`]);
    await edge.rpc('dispatcher.reload');
    await until('the node to be seen', async () => (await standingOf(rpc)) === 'ready');
    node = new EdgeNode({
      self: () => Promise.resolve({ task: 'task/a', taskDefinition: 'edge:1' }),
      sight: () => Promise.resolve(sight),
      holder: () => ({ keep: (hold) => Promise.resolve(void holds.push(hold)) }),
      directory,
      proxy: {
        tellLeaving: (leaving) => tellLeaving(rpc, leaving),
        tellShare: ({ name, maxCalls, maxCallsPerSecond }) => tellShare(rpc, name, maxCalls, maxCallsPerSecond),
        standing: () => standingOf(rpc),
        calls: () => callsOf(rpc),
      },
      carriers: [{ ...plainCarrier, maxCalls: 4 }],
      id: OWN,
      warn: (message) => warnings.push(message),
    });
  });

  /** How many calls of the carrier are taken at once. */
  async function room(): Promise<number> {
    const taken: Caller[] = [];
    for (;;) {
      const one = call();
      one.sendInvite();
      const final = await carrier.final();
      if (final.status === 200) taken.push(one.answeredBy(final));
      else one.acknowledge(final);
      if (final.status === 200) continue;
      for (const held of taken) await held.hangUp();
      return taken.length;
    }
  }

  test('until it knows how many nodes share a carrier, it takes what is safe with all of them', async () => {
    expect(await room()).toBe(1);
  });

  test('then its share, and less when another node comes', async () => {
    await node.look();
    expect(await room()).toBe(4);
    directory.ids = [OWN, OTHER];
    await node.look();
    expect(await room()).toBe(2);
    expect(warnings).toEqual([]);
  });

  test('a relay that does not answer is no ready edge', async () => {
    edge.rtpengine.signal('SIGSTOP');
    expect(await standingOf(rpc)).toBe('other');
    expect(await (await edge.get('/ready')).text()).toBe('no relay\n');
    edge.rtpengine.signal('SIGCONT');
    expect(await standingOf(rpc)).toBe('ready');
  });

  test('an operator has it drained or in emergency, and carriers find it in an emergency alone', async () => {
    edge.kamcmd('htable.seti', 'ctl', 'emergency', '1');
    expect([await standingOf(rpc), (await edge.get('/ready')).status]).toEqual(['ready', 503]);
    edge.kamcmd('htable.seti', 'ctl', 'emergency', '0');
    edge.kamcmd('htable.seti', 'ctl', 'drain', '1');
    await node.look();
    expect(standings.at(-1)).toBe('draining');
    expect((await call().refused()).status).toBe(503);
    edge.kamcmd('htable.seti', 'ctl', 'drain', '0');
  });

  test('one that leaves refuses new calls and is held until its last call ends, and no longer', async () => {
    const kept = await call().establish();
    await node.look();
    expect(holds.at(-1)).toEqual({ protect: true, hook: 'nothing' });
    sight = { ...sight, target: 'Terminated' };
    await node.look();
    expect(holds.at(-1)).toEqual({ protect: true, hook: 'renew' });
    expect(standings.at(-1)).toBe('draining');
    expect((await call().refused()).status).toBe(503);
    expect((await kept.hangUp()).status).toBe(200);
    await until('no calls', async () => (await callsOf(rpc)) === 0);
    await node.look();
    expect(holds.at(-1)).toEqual({ protect: false, hook: 'complete' });
  });

  test('one that is wanted after all takes calls again', async () => {
    sight = { ...sight, target: 'InService' };
    await node.look();
    expect((await (await call().establish()).hangUp()).status).toBe(200);
  });

  test('what it refused is counted by reason', async () => {
    const refusals = await refusalsOf(rpc);
    expect(refusals?.get('draining')).toBe(2);
    expect(refusals?.get('carrier-calls')).toBe(3);
    media.answer = '503 Full';
    expect((await call().refused()).status).toBe(503);
    expect((await refusalsOf(rpc))?.get('no-media')).toBe(1);
  });
});
