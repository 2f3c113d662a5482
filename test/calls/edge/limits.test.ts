import { SIP_HEADERS } from '../../../media/contract';
import { PLAIN, SMALL, plainCarrier, smallCarrier } from '../support/carriers';
import { Edge } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { type SipMessage, headerOf, responseTo, sipText } from '../support/sip/message';
import { UdpPeer } from '../support/sip/peer';
import { sdp } from '../support/sip/sdp';
import { until } from '../support/until';
import { setTimeout as sleep } from 'node:timers/promises';

const uri = 'sip:+12025550111@sip.use1.demo.example';
const SECOND = 1_100;

describeWith(['kamailio', 'rtpengine'], 'the edge under load, loss and drain', () => {
  let edge: Edge;
  let first: MediaNode;
  let second: MediaNode;
  let carrier: UdpPeer;
  let small: UdpPeer;
  const body = sdp({ address: PLAIN, port: 40_010 });
  const call = (peer = carrier) => new Caller(peer, { uri, body });
  const isReady = async () => (await edge.get('/ready')).status === 200;
  const ping = () =>
    sipText('OPTIONS sip:sip.use1.demo.example SIP/2.0', [
      ['Via', `SIP/2.0/UDP ${PLAIN}:${carrier.place.port};branch=z9hG4bK${Math.random()}`],
      ['From', '<sip:carrier.example>;tag=1'],
      ['To', '<sip:sip.use1.demo.example>'],
      ['Call-ID', String(Math.random())],
      ['CSeq', '1 OPTIONS'],
      ['Max-Forwards', '70'],
    ]);

  beforeAll(async () => {
    edge = await Edge.start({ carriers: [plainCarrier, smallCarrier] });
    first = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    second = await MediaNode.at({ address: '127.0.0.22', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    small = await UdpPeer.at({ address: SMALL, port: await freePort() }, edge.at('SIP_PORT'));
    await list(`1 ${first.uri}`, `1 ${second.uri}`);
    await until('the nodes to be seen', isReady);
  });

  async function list(...lines: string[]): Promise<void> {
    edge.writeList(lines);
    // Kamailio refuses a second reload within five seconds.
    await until('a reload', async () => (await edge.rpc('dispatcher.reload')).error === undefined);
  }

  /** What a carrier that is to try elsewhere is told. */
  const wordsOf = (refusal: SipMessage) => [refusal.status, headerOf(refusal, 'Retry-After')];
  const BUSY = [503, '5'];

  test('a carrier has as many calls as it is declared for, and its place back as soon as one ends', async () => {
    const held = [await call(small).establish(), await call(small).establish()];
    expect(wordsOf(await call(small).refused())).toEqual(BUSY);
    await sleep(SECOND);
    expect(edge.events().at(-1)).toMatchObject({ carrier: 'small', reason: 'carrier-calls', status: 503 });
    const other = await call().establish();
    await held[0]?.hangUp();
    const again = await call(small).establish();
    for (const one of [other, again, held[1]]) await one?.hangUp();
  });

  test('a carrier has as many calls a second as it is declared for', async () => {
    await sleep(2 * SECOND);
    const statuses: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      const one = call(small);
      one.sendInvite();
      const final = await small.final();
      statuses.push(final.status);
      if (final.status === 200) await one.answeredBy(final).hangUp();
      else one.acknowledge(final);
    }
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThanOrEqual(2);
    expect(edge.events().some((event) => event.event === 'call.refused' && event.reason === 'carrier-rate')).toBe(true);
  });

  test('no refused, cancelled or failed call keeps a place', async () => {
    await sleep(2 * SECOND);
    await until(
      'no dialogs',
      async () => JSON.stringify((await edge.rpc('dlg.stats_active')).result).includes('"all":0'),
      15_000,
    );
    expect((await edge.rpc('dlg.profile_get_size', ['carrier', 'small'])).result).toBe(0);
  });

  test('calls take turns, and one that fails on a node is tried on the other', async () => {
    const before = first.invites.length + second.invites.length;
    const [a, b] = [await call().establish(), await call().establish()];
    expect(first.invites.length + second.invites.length).toBe(before + 2);
    await Promise.all([a.hangUp(), b.hangUp()]);
    first.answer = '503 Service Unavailable';
    for (let n = 0; n < 3; n += 1) await (await call().establish()).hangUp();
    first.answer = undefined;
    for (let n = 0; n < 2; n += 1) expect((await (await call().establish()).hangUp()).status).toBe(200);
    first.answer = '200 OK';
  });

  test('with every node failing the carrier is told to try elsewhere', async () => {
    [first.answer, second.answer] = ['503 Full', '500 Shutting down'];
    expect(wordsOf(await call().refused())).toEqual(BUSY);
    [first.answer, second.answer] = ['200 OK', '200 OK'];
  });

  test('what a node says of a number is the last word', async () => {
    [first.answer, second.answer] = ['404 Not Found', '404 Not Found'];
    expect((await call().refused()).status).toBe(404);
    [first.answer, second.answer] = ['200 OK', '200 OK'];
  });

  test('a node in the second set gets no new call, and the one it has goes on', async () => {
    await sleep(5_500);
    await list(`1 ${first.uri}`);
    await call().establish();
    await sleep(5_500);
    await list(`1 ${second.uri}`, `2 ${first.uri}`);
    await until('the second node to be seen', isReady);
    const before = first.invites.length;
    for (let n = 0; n < 3; n += 1) await (await call().establish()).hangUp();
    expect(first.invites).toHaveLength(before);
    first.peer.send(first.inDialog('BYE', first.lastInvite));
    carrier.send(responseTo(await carrier.request('BYE'), '200 OK'));
  });

  test('a node that dies: the carrier gets BYE with the reason within 15 s, and new calls go elsewhere', async () => {
    await sleep(5_500);
    await list(`1 ${first.uri}`);
    await until('the first node to be seen', isReady);
    await call().establish();
    const id = headerOf(first.lastInvite, SIP_HEADERS.callId);
    await sleep(5_500);
    await list(`1 ${first.uri}`, `1 ${second.uri}`);
    const died = Date.now();
    first.isAlive = false;
    const bye = await carrier.request('BYE', 15_000);
    expect(Date.now() - died).toBeLessThan(15_000);
    expect(headerOf(bye, 'Reason')).toMatch(/^SIP;cause=503/);
    carrier.send(responseTo(bye, '200 OK'));
    await until('the end', () =>
      edge.events().some((event) => event.callId === id && event.event === 'call.ended' && event.reason === 'lost'),
    );
    for (let n = 0; n < 3; n += 1) await (await call().establish()).hangUp();
    first.isAlive = true;
  });

  test('a drained edge refuses new calls and pings, keeps the call it has, and is alive', async () => {
    const kept = await call().establish();
    edge.kamcmd('htable.seti', 'ctl', 'drain', '1');
    expect(wordsOf(await call().refused())).toEqual(BUSY);
    carrier.send(ping());
    expect((await carrier.final()).status).toBe(503);
    expect((await edge.get('/ready')).status).toBe(503);
    expect((await edge.get('/healthz')).status).toBe(200);
    expect((await kept.hangUp()).status).toBe(200);
    edge.kamcmd('htable.seti', 'ctl', 'drain', '0');
    carrier.send(ping());
    expect((await carrier.final()).status).toBe(200);
  });

  test('in an emergency one command sends new calls to the fallback number', async () => {
    edge.kamcmd('htable.seti', 'ctl', 'emergency', '1');
    const redirect = await call().refused();
    expect(redirect.status).toBe(302);
    expect(headerOf(redirect, 'Contact')).toBe(`<sip:+12025550100@${PLAIN};user=phone>`);
    edge.kamcmd('htable.seti', 'ctl', 'emergency', '0');
    await (await call().establish()).hangUp();
  });

  test('metrics are in the words of Prometheus, on loopback alone', async () => {
    const metrics = await (await edge.get('/metrics')).text();
    expect(metrics).toMatch(/^kamailio_refused\{reason="carrier-calls"\} \d+/m);
    expect(metrics).toMatch(/^kamailio_dialog_active_dialogs \d+/m);
  });
});
