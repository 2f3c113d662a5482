import { setTimeout as sleep } from 'node:timers/promises';
import { refusalsOf } from '../../../media/roster/proxy';
import { PLAIN, STRANGER, plainCarrier } from '../support/carriers';
import { Edge } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { sipText } from '../support/sip/message';
import { StreamPeer, UdpPeer } from '../support/sip/peer';
import { sdp } from '../support/sip/sdp';
import { until } from '../support/until';

const uri = 'sip:+12025550111@sip.use1.demo.example';
const body = sdp({ address: PLAIN, port: 40_010 });
const FLOOD = 6_000;
/** What a socket buffer holds while a process is scheduled out. */
const BURST = 50;
const SCANNERS = ['friendly-scanner', 'sipvicious', 'sipcli/v1.8', 'VaxSIPUserAgent/3.1', 'pplsip'];

describeWith(['kamailio', 'rtpengine'], 'a source that nobody declared', () => {
  let edge: Edge;
  let node: MediaNode;
  let carrier: UdpPeer;
  let stranger: UdpPeer;
  const strangers = async () =>
    (await refusalsOf(`http://127.0.0.1:${edge.env['HTTP_PORT']}/rpc`))?.get('stranger') ?? 0;
  const probe = (method: string, agent: string, number: string, peer: UdpPeer | StreamPeer) =>
    sipText(`${method} sip:${number}@sip.use1.demo.example SIP/2.0`, [
      ['Via', `SIP/2.0/${peer.transport} ${STRANGER}:${peer.place.port};branch=z9hG4bK${Math.random()};rport`],
      ['From', `"sipvicious" <sip:${number}@1.1.1.1>;tag=${Math.random()}`],
      ['To', `<sip:${number}@1.1.1.1>`],
      ['Call-ID', String(Math.random())],
      ['CSeq', `1 ${method}`],
      ['User-Agent', agent],
      ['Max-Forwards', '70'],
      ['Contact', `<sip:${number}@${STRANGER}:${peer.place.port}>`],
    ]);

  beforeAll(async () => {
    edge = await Edge.start({ carriers: [plainCarrier, { ...plainCarrier, name: 'streams', transport: 'tcp' }] });
    node = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    edge.writeList([`1 ${node.uri}`]);
    await edge.rpc('dispatcher.reload');
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    stranger = await UdpPeer.at({ address: STRANGER, port: await freePort() }, edge.at('SIP_PORT'));
    await until('the node to be seen', async () => (await edge.get('/ready')).status === 200);
  });

  const reachedNode = () => node.peer.received.filter(({ text }) => text.includes(STRANGER));

  test('and scans, by whatever method and name, finds nobody at home', async () => {
    const over = await StreamPeer.tcp(STRANGER, edge.at('SIP_PORT'));
    for (const agent of SCANNERS)
      for (const method of ['OPTIONS', 'REGISTER', 'INVITE', 'SUBSCRIBE', 'MESSAGE'])
        for (const peer of [stranger, over]) peer.send(probe(method, agent, '100', peer));
    // What a scanner sends to learn whether anything listens at all.
    for (const text of ['\r\n\r\n', '\r\n', 'GET / HTTP/1.1\r\n\r\n', 'OPTIONS', '\0\0\0\0'])
      for (const peer of [stranger, over]) peer.send(text);
    await sleep(1_000);
    expect([...stranger.received, ...over.received, ...reachedNode()]).toEqual([]);
    expect(await strangers()).toBeGreaterThan(0);
  });

  test('and floods gets silence, while the calls of declared carriers are answered and go on', async () => {
    const kept = await new Caller(carrier, { uri, body }).establish();
    const before = await strangers();
    let answered = 0;
    const calls = async () => {
      for (let n = 0; n < 20; n += 1) {
        const call = await new Caller(carrier, { uri, body }).establish();
        if ((await call.hangUp()).status === 200) answered += 1;
        await sleep(50);
      }
    };
    const flood = async () => {
      for (let sent = 0; sent < FLOOD; sent += 1) {
        stranger.send(probe(sent % 2 ? 'REGISTER' : 'INVITE', 'x', String(sent), stranger));
        if (sent % BURST === 0) await sleep(10);
      }
    };
    await Promise.all([calls(), flood()]);
    expect(answered).toBe(20);
    expect(stranger.received).toEqual([]);
    expect(reachedNode()).toEqual([]);
    expect((await strangers()) - before).toBeGreaterThan(FLOOD / 2);
    carrier.send(kept.inDialog('INFO'));
    expect((await carrier.final()).status).toBe(200);
    await kept.hangUp();
  });

  test('takes no place in what is remembered: no dialog, no transaction, no event of a call', async () => {
    const stats = JSON.stringify((await edge.rpc('dlg.stats_active')).result);
    expect(stats).toContain('"all":0');
    expect(edge.events().filter(({ event }) => event === 'call.refused')).toEqual([]);
    expect(edge.events().filter(({ event }) => event === 'call.offered')).toHaveLength(21);
  });
});
