import { SIP_HEADERS } from '../../../media/contract';
import { PLAIN, SMALL, STRANGER, plainCarrier, smallCarrier } from '../support/carriers';
import { ADDRESS, Edge, PUBLIC_ADDRESS } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { headerOf, headersOf, recordRoutes, responseTo } from '../support/sip/message';
import { UdpPeer } from '../support/sip/peer';
import { rtpPlace, sdp } from '../support/sip/sdp';
import { until } from '../support/until';

const uri = 'sip:+12025550111@sip.use1.demo.example';

describeWith(['kamailio', 'rtpengine'], 'a call at the edge', () => {
  let edge: Edge;
  let node: MediaNode;
  let carrier: UdpPeer;
  let stranger: UdpPeer;
  const body = sdp({ address: PLAIN, port: 40_010 });

  beforeAll(async () => {
    edge = await Edge.start({ carriers: [plainCarrier, smallCarrier] });
    node = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    edge.writeList([`1 ${node.uri}`]);
    await edge.rpc('dispatcher.reload');
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    stranger = await UdpPeer.at({ address: STRANGER, port: await freePort() }, edge.at('SIP_PORT'));
    await until('the node to be seen', async () => (await edge.get('/ready')).status === 200);
  });

  test('whose media node finds that nobody refreshes its session is lost', async () => {
    await new Caller(carrier, { uri, body }).establish();
    const extra: [string, string][] = [['Reason', 'SIP ;cause=408 ;text="No session refresh received."']];
    node.peer.send(node.inDialog('BYE', node.lastInvite, { extra }));
    carrier.send(responseTo(await carrier.request('BYE'), '200 OK'));
    const id = headerOf(node.lastInvite, SIP_HEADERS.callId);
    const end = await until('the end', () =>
      edge.events().find(({ callId, event }) => callId === id && event === 'call.ended'),
    );
    expect(end).toMatchObject({ by: 'media', reason: 'lost' });
  });

  test('reaches a media node and ends, and its events say so under one id', async () => {
    const call = await new Caller(carrier, { uri, body, headers: [[SIP_HEADERS.carrier, 'forged']] }).establish();
    const invite = node.lastInvite;
    expect(headersOf(invite, SIP_HEADERS.carrier)).toEqual(['plain']);
    expect((await call.hangUp()).status).toBe(200);
    const id = headerOf(invite, SIP_HEADERS.callId);
    await until('the end', () => edge.events().some(({ callId, event }) => callId === id && event === 'call.ended'));
    expect(edge.events().filter(({ callId }) => callId === id)).toMatchObject([
      { event: 'call.offered', carrier: 'plain' },
      { event: 'call.admitted', node: '127.0.0.21' },
      { event: 'call.ended', by: 'caller', reason: 'hangup' },
    ]);
  });

  test('is routed back by two records: the outer has the public address, the inner has not', async () => {
    const call = await new Caller(carrier, { uri, body }).establish();
    const [inner = '', outer = ''] = recordRoutes(node.lastInvite);
    expect(inner).toContain(`sip:${ADDRESS}:${edge.env['SIP_INNER_PORT']}`);
    expect(outer).toContain(`sip:${PUBLIC_ADDRESS}:${edge.env['SIP_PORT']}`);
    await call.hangUp();
  });

  test('has its media anchored: the public address outside, the private one inside', async () => {
    const call = await new Caller(carrier, { uri, body }).establish();
    expect(rtpPlace(call.established.body).address).toBe(PUBLIC_ADDRESS);
    expect(rtpPlace(node.lastInvite.body).address).toBe(ADDRESS);
    await call.hangUp();
  });

  test('is ended from inside as well', async () => {
    await new Caller(carrier, { uri, body }).establish();
    node.peer.send(node.inDialog('BYE', node.lastInvite));
    const bye = await carrier.request('BYE');
    carrier.send(responseTo(bye, '200 OK'));
    expect((await node.peer.final()).status).toBe(200);
  });

  test('that is cancelled is cancelled at the node', async () => {
    node.answer = '180 Ringing';
    const call = new Caller(carrier, { uri, body });
    call.sendInvite();
    await carrier.response(180);
    call.cancel();
    await node.peer.request('CANCEL');
    const id = headerOf(node.lastInvite, SIP_HEADERS.callId);
    node.peer.send(responseTo(node.lastInvite, '487 Request Terminated', { tag: 'x' }));
    const final = await carrier.response(487);
    expect(headerOf(final, 'Call-ID')).toBe(call.callId);
    call.acknowledge(final);
    await until('the end', () =>
      edge
        .events()
        .some((event) => event.callId === id && event.event === 'call.ended' && event.reason === 'cancelled'),
    );
    node.answer = '200 OK';
  });

  describe('an open relay is not to be had', () => {
    const rogue = { address: STRANGER, port: 0 };

    beforeAll(() => {
      rogue.port = stranger.place.port;
    });

    test.each([
      ['a preloaded Route', { headers: [['Route', `<sip:${STRANGER}:5060;lr>`]] as [string, string][] }],
      [
        'a preloaded Route by way of the edge',
        { headers: [['Route', `<sip:sip.use1.demo.example;lr>, <sip:${STRANGER};lr>`]] as [string, string][] },
      ],
      ["another's name in the Request-URI", { uri: `sip:+12025550111@${STRANGER}` }],
      ['a telephone number alone', { uri: 'tel:+12025550111' }],
    ])('a declared carrier with %s gets 403', async (_, bent) => {
      const before = node.invites.length;
      expect((await new Caller(carrier, { uri, body, ...bent }).refused()).status).toBe(403);
      expect(node.invites).toHaveLength(before);
      expect(stranger.received).toEqual([]);
    });

    test.each([`sip:+12025550111@${PLAIN}`, uri])('a call from inside to %s gets 403', async (target) => {
      const before = edge.events().length;
      expect((await new Caller(node.peer, { uri: target, body }).refused()).status).toBe(403);
      expect(edge.events()).toHaveLength(before);
    });

    test.each(['INVITE', 'BYE', 'UPDATE', 'INFO', 'REFER'])('%s with an invented To tag gets 481', async (method) => {
      const call = await new Caller(carrier, { uri, body }).establish();
      carrier.send(call.inDialog(method, { toTag: 'invented', uri: `sip:x@${STRANGER}`, body }));
      expect((await carrier.final()).status).toBe(481);
      carrier.send(call.inDialog(method, { callId: 'invented', uri: `sip:x@${STRANGER}`, body }));
      expect((await carrier.final()).status).toBe(481);
      await call.hangUp();
    });

    test('a request of a known dialog goes to its node, whatever it names', async () => {
      const call = await new Caller(carrier, { uri, body }).establish();
      const routes = recordRoutes(call.established).toReversed();
      carrier.send(
        call.inDialog('INFO', {
          uri: `sip:x@${STRANGER}:${rogue.port}`,
          routes: [...routes, `<sip:${STRANGER}:${rogue.port};lr>`],
        }),
      );
      await node.peer.request('INFO');
      expect(stranger.received).toEqual([]);
      await call.hangUp();
    });

    test('a node finds the carrier where it called from, whatever its Contact names', async () => {
      const contact = `<sip:x@${STRANGER}:${rogue.port}>`;
      const call = await new Caller(carrier, { uri, body, contact }).establish();
      node.peer.send(node.inDialog('INFO', node.lastInvite));
      carrier.send(responseTo(await carrier.request('INFO'), '200 OK'));
      expect(stranger.received).toEqual([]);
      await call.hangUp();
    });

    test('the call of one carrier is not known to another', async () => {
      const call = await new Caller(carrier, { uri, body }).establish();
      const other = await UdpPeer.at({ address: SMALL, port: await freePort() }, edge.at('SIP_PORT'));
      other.send(call.inDialog('BYE'));
      expect((await other.final()).status).toBe(481);
      carrier.send(call.inDialog('INFO'));
      expect((await carrier.final()).status).toBe(200);
      await call.hangUp();
    });

    test('a caller may not transfer itself', async () => {
      const call = await new Caller(carrier, { uri, body }).establish();
      carrier.send(call.inDialog('REFER', { extra: [['Refer-To', `<sip:x@${STRANGER}>`]] }));
      expect((await carrier.final()).status).toBe(603);
      await call.hangUp();
    });

    test('a stranger gets silence, and so does one who knows a call', async () => {
      const call = await new Caller(carrier, { uri, body }).establish();
      for (const port of ['SIP_PORT', 'SIP_INNER_PORT'] as const)
        for (const method of ['INVITE', 'OPTIONS', 'REGISTER', 'BYE', 'ACK', 'CANCEL'])
          stranger.send(call.inDialog(method).replaceAll(PLAIN, STRANGER), edge.at(port));
      new Caller(stranger, { uri, body }).sendInvite();
      await expect(stranger.final(1_500)).rejects.toThrow('waited');
      expect(node.peer.received.filter(({ text }) => text.includes(`received=${STRANGER}`))).toEqual([]);
      await call.hangUp();
    });
  });
});
