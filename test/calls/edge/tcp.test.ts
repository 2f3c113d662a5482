import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMALL, plainCarrier, smallCarrier } from '../support/carriers';
import { afterTests } from '../support/cleanup';
import { Edge } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { recordRoutes, responseTo } from '../support/sip/message';
import { StreamPeer, UdpPeer } from '../support/sip/peer';
import { sdp } from '../support/sip/sdp';
import { until } from '../support/until';

const uri = 'sip:+12025550111@sip.use1.demo.example;transport=tcp';
const body = sdp({ address: SMALL, port: 40_010 });

describeWith(['kamailio', 'rtpengine'], 'a carrier declared for TCP', () => {
  let edge: Edge;
  let node: MediaNode;
  let carrier: StreamPeer;

  beforeAll(async () => {
    edge = await Edge.start({
      carriers: [plainCarrier, { ...smallCarrier, transport: 'tcp', maxCalls: 10, maxCallsPerSecond: 10 }],
    });
    node = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    edge.writeList([`1 ${node.uri}`]);
    await edge.rpc('dispatcher.reload');
    carrier = await StreamPeer.tcp(SMALL, edge.at('SIP_PORT'));
    await until('the node to be seen', async () => (await edge.get('/ready')).status === 200);
  });

  test('calls and hangs up over its connection, and the routes name the transport', async () => {
    const call = await new Caller(carrier, { uri, body }).establish();
    expect(recordRoutes(node.lastInvite)[1]).toContain('transport=tcp');
    expect((await call.hangUp()).status).toBe(200);
  });

  test('hears of the end of its call over that connection', async () => {
    await new Caller(carrier, { uri, body }).establish();
    node.peer.send(node.inDialog('BYE', node.lastInvite));
    carrier.send(responseTo(await carrier.request('BYE'), '200 OK'));
    expect((await node.peer.final()).status).toBe(200);
  });

  test('that calls on after its connection broke is known on the next', async () => {
    const call = await new Caller(carrier, { uri, body }).establish();
    carrier.close();
    await sleep(200);
    const again = await StreamPeer.tcp(SMALL, edge.at('SIP_PORT'));
    again.send(call.inDialog('BYE'));
    expect((await again.final()).status).toBe(200);
  });

  test('whose connection broke is called back where it asked to be found', async () => {
    const own = await StreamPeer.tcp(SMALL, edge.at('SIP_PORT'));
    const port = await freePort();
    let heard = '';
    const listener = createServer((socket) => socket.on('data', (data) => (heard += data.toString())));
    listener.listen(port, SMALL);
    afterTests(() => listener.close());
    await new Caller(own, { uri, body, contact: `<sip:carrier@${SMALL}:${port};transport=tcp>` }).establish();
    own.close();
    await sleep(200);
    node.peer.send(node.inDialog('BYE', node.lastInvite));
    await until('the end of the call', () => heard !== '');
    expect(heard).toMatch(/^BYE /);
  });

  test('gets its messages apart, however the stream cuts them', async () => {
    const cut = await StreamPeer.tcp(SMALL, edge.at('SIP_PORT'));
    const one = new Caller(cut, { uri, body });
    const text = one.draft('INVITE');
    for (let at = 0; at < text.length; at += 97) {
      cut.send(text.slice(at, at + 97));
      await sleep(5);
    }
    const final = await cut.final();
    expect(final.status).toBe(200);
    expect((await one.answeredBy(final).hangUp()).status).toBe(200);
  });

  test('is a stranger on UDP, and a stranger on its port hears nothing', async () => {
    const udp = await UdpPeer.at({ address: SMALL, port: await freePort() }, edge.at('SIP_PORT'));
    new Caller(udp, { uri, body }).sendInvite();
    await expect(udp.final(1_000)).rejects.toThrow('waited');
    const stranger = await StreamPeer.tcp('127.0.0.66', edge.at('SIP_PORT'));
    new Caller(stranger, { uri, body }).sendInvite();
    await expect(stranger.final(1_000)).rejects.toThrow('waited');
  });
});
