import { PLAIN, plainCarrier } from '../support/carriers';
import { Edge } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { headerOf, responseTo } from '../support/sip/message';
import { UdpPeer } from '../support/sip/peer';
import { sdp } from '../support/sip/sdp';
import { until } from '../support/until';

const uri = 'sip:+12025550111@sip.use1.demo.example';
const body = sdp({ address: PLAIN, port: 40_010 });
const CALLS = 150;

describeWith(['kamailio', 'rtpengine'], 'a media node that dies with many calls', () => {
  test('takes no other with it: each of its callers gets BYE, and the edge goes on', async () => {
    const carriers = [{ ...plainCarrier, maxCalls: 2 * CALLS, maxCallsPerSecond: 2 * CALLS }];
    const edge = await Edge.start({ carriers, calls: 2 * CALLS });
    const nodeAt = async (address: string) =>
      MediaNode.at({ address, port: await freePort() }, edge.at('SIP_INNER_PORT'));
    const [dying, other] = [await nodeAt('127.0.0.21'), await nodeAt('127.0.0.22')];
    const carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    edge.writeList([`1 ${dying.uri}`, `1 ${other.uri}`]);
    await edge.rpc('dispatcher.reload');
    await until('the nodes to be seen', async () => (await edge.get('/ready')).status === 200);
    for (let call = 0; call < CALLS; call += 1) await new Caller(carrier, { uri, body }).establish();
    const lost = new Set(dying.invites.map((invite) => headerOf(invite, 'Call-ID')));
    expect(lost.size).toBeGreaterThan(0);

    carrier.onMessage = (message) => message.method === 'BYE' && carrier.send(responseTo(message, '200 OK'));
    dying.isAlive = false;
    const ended = () =>
      carrier.received.filter(({ method }) => method === 'BYE').map((bye) => headerOf(bye, 'Call-ID'));
    await until('every BYE', () => new Set(ended()).size >= lost.size, 30_000);
    expect(new Set(ended())).toEqual(lost);
    await until('the dead to be forgotten', async () => (await new Caller(carrier, { uri, body }).establish()).callId);
    expect((await edge.get('/healthz')).status).toBe(200);
  });
});
