import { setTimeout as sleep } from 'node:timers/promises';
import { PLAIN, STRANGER, plainCarrier } from '../support/carriers';
import { Edge } from '../support/edge';
import { mutated, randomOf } from '../support/mutate';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { UdpPeer } from '../support/sip/peer';
import { sdp } from '../support/sip/sdp';
import { until } from '../support/until';

/** Messages to each of two listeners from each of two senders. */
const MESSAGES = process.env['CI'] ? 2_500 : 125;
const SEED = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** What a socket buffer holds while a process is scheduled out. */
const BURST = 25;

const uri = 'sip:+12025550111@sip.use1.demo.example';
const body = sdp({ address: PLAIN, port: 40_010 });
const METHODS = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'OPTIONS',
  'REGISTER',
  'UPDATE',
  'INFO',
  'PRACK',
  'REFER',
  'MESSAGE',
  'FOO',
];

describeWith(['kamailio', 'rtpengine'], `mutated SIP (FC_SEED=${SEED} npm run test:calls -- mutated)`, () => {
  const random = randomOf(SEED);
  let edge: Edge;
  let node: MediaNode;
  let carrier: UdpPeer;
  let stranger: UdpPeer;
  let call: Caller;

  beforeAll(async () => {
    edge = await Edge.start({ carriers: [{ ...plainCarrier, maxCalls: 10_000, maxCallsPerSecond: 100_000 }] });
    node = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    edge.writeList([`1 ${node.uri}`]);
    await edge.rpc('dispatcher.reload');
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    stranger = await UdpPeer.at({ address: STRANGER, port: await freePort() }, edge.at('SIP_PORT'));
    await until('the node to be seen', async () => (await edge.get('/ready')).status === 200);
    call = await new Caller(carrier, { uri, body }).establish();
    await node.peer.request('ACK');
  });

  const method = () => METHODS[random(METHODS.length)] ?? '';
  const samples = [
    () => new Caller(carrier, { uri, body }).draft('INVITE'),
    () => new Caller(carrier, { uri, body }).draft(method()),
    () => call.inDialog(method(), { body }),
    () => call.inDialog(method()),
    () => call.established.text,
  ];

  async function send(peer: UdpPeer, port: 'SIP_PORT' | 'SIP_INNER_PORT'): Promise<void> {
    for (let sent = 0; sent < MESSAGES; sent += 1) {
      peer.send(mutated(samples[random(samples.length)]?.() ?? '', random), edge.at(port));
      if (sent % BURST === 0) await sleep(10);
    }
  }

  test.each(['SIP_PORT', 'SIP_INNER_PORT'] as const)(
    'from a stranger to %s: not one is answered',
    async (port) => {
      const before = node.peer.received.filter(({ method }) => method !== 'OPTIONS');
      await send(stranger, port);
      await sleep(1_000);
      expect(stranger.received).toEqual([]);
      expect(node.peer.received.filter(({ method }) => method !== 'OPTIONS')).toEqual(before);
    },
    120_000,
  );

  test('from a carrier: none reaches anybody but the node and the carrier', async () => {
    const watched = await Promise.all(
      ['127.0.0.99', STRANGER].map(async (address) =>
        UdpPeer.at({ address, port: await freePort() }, edge.at('SIP_PORT')),
      ),
    );
    await send(carrier, 'SIP_PORT');
    await sleep(1_000);
    for (const one of watched) expect(one.received).toEqual([]);
    expect(stranger.received).toEqual([]);
  }, 120_000);

  test('from a node: the proxy lives', async () => {
    await send(node.peer, 'SIP_INNER_PORT');
    await sleep(1_000);
    expect(edge.kamailio.isRunning).toBe(true);
  }, 120_000);

  test('none of them crashed a process, and every event line holds to the contract', async () => {
    expect(edge.kamailio.isRunning && edge.rtpengine.isRunning).toBe(true);
    expect(edge.kamailio.output).not.toMatch(/exited by a signal|core was generated|bug found/i);
    expect(edge.events().length).toBeGreaterThan(0);
  });

  test('what cannot be parsed is not quoted in the log, and no event can be forged there', async () => {
    const forged =
      '{"v":1,"callId":"forged","tier":"edge","at":"2026-11-26T10:00:00.000Z","event":"call.hold","held":true}';
    for (const peer of [stranger, carrier])
      for (const text of [
        'INVITE sip:x SIP/2.0\r\nVia: \r\n',
        'INVITE sip:x SIP/2.0\r\nVia: SIP/2.0/UDP x\r\nFrom: <\r\n',
      ])
        peer.send(
          `${text}\n${forged}\n+12025550123\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRET\r\n\r\n`,
          edge.at('SIP_PORT'),
        );
    await sleep(500);
    expect(edge.kamailio.output).toMatch(/\[core\/parser.*\(\)$/m);
    expect(edge.kamailio.output).not.toMatch(/forged|SECRET|5550123|5550199/);
  });

  test('the next call is as good as the first', async () => {
    const fresh = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    const next = await new Caller(fresh, { uri, body }).establish();
    expect((await next.hangUp()).status).toBe(200);
  });
});
