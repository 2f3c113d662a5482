import { connect } from 'node:tls';
import { once } from 'node:events';
import { PLAIN, SECURE, plainCarrier, secureCarrier } from '../support/carriers';
import { writeCertificate } from '../support/certificate';
import { ADDRESS, Edge } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { RtpEnd } from '../support/rtp';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { responseTo } from '../support/sip/message';
import { type SipPeer, StreamPeer, UdpPeer } from '../support/sip/peer';
import { rtpPlace, sdp } from '../support/sip/sdp';
import { Srtp, inlineKey } from '../support/srtp';
import { until } from '../support/until';

const uri = 'sips:+12025550111@sip.use1.demo.example';
const AES = 'AES_CM_128_HMAC_SHA1_80';
const FRAMES = 25;

describeWith(['kamailio', 'rtpengine', 'openssl'], 'a carrier with TLS and SRTP', () => {
  const key = Srtp.newKey();
  let edge: Edge;
  let node: MediaNode;
  let carrier: SipPeer;
  let heardInside: RtpEnd;
  let heardOutside: RtpEnd;
  let offer: string;

  beforeAll(async () => {
    edge = await Edge.start({
      carriers: [plainCarrier, secureCarrier],
      prepare: (directory) => writeCertificate(directory, 'first.example'),
    });
    node = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    heardInside = await RtpEnd.at({ address: '127.0.0.21', port: await freePort() });
    heardOutside = await RtpEnd.at({ address: SECURE, port: await freePort() });
    node.rtpPort = heardInside.place.port;
    edge.writeList([`1 ${node.uri}`]);
    await edge.rpc('dispatcher.reload');
    carrier = await StreamPeer.tls(SECURE, edge.at('SIP_TLS_PORT'));
    offer = sdp({ ...heardOutside.place, profile: 'RTP/SAVP', crypto: [`1 ${AES} inline:${key}`] });
    await until('the node to be seen', async () => (await edge.get('/ready')).status === 200);
  });

  test('is heard and hears: SRTP outside, RTP inside, every byte as it was said', async () => {
    const call = await new Caller(carrier, { uri, body: offer }).establish();
    const inside = node.lastInvite.body;
    expect(inside).toMatch(/^m=audio \d+ RTP\/AVP /m);
    expect(inside).not.toContain('crypto');
    expect(call.established.body).toMatch(/^m=audio \d+ RTP\/SAVP /m);
    heardOutside.srtp = { send: new Srtp(key), receive: new Srtp(inlineKey(call.established.body)) };
    await Promise.all([
      heardOutside.say(0x11, FRAMES, { ...rtpPlace(call.established.body), address: ADDRESS }),
      heardInside.say(0x22, FRAMES, rtpPlace(inside)),
    ]);
    await until('speech at the node', () => heardInside.heard(0x11) >= FRAMES - 1);
    await until('speech at the carrier', () => heardOutside.heard(0x22) >= FRAMES - 1);
    expect(heardOutside.packets.filter((packet) => packet.includes(Buffer.alloc(160, 0x22)))).toEqual([]);
    await call.hangUp();
  });

  test('gets an AES key in the answer, one it did not send', async () => {
    const call = await new Caller(carrier, { uri, body: offer }).establish();
    expect(call.established.body.match(/^a=crypto:.*/gm)).toEqual([
      expect.stringMatching(/^a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:/),
    ]);
    expect(inlineKey(call.established.body)).not.toBe(key);
    await call.hangUp();
  });

  const crypto = (...suites: string[]) => suites.map((suite, index) => `${index + 1} ${suite} inline:${key}`);
  const place = { address: SECURE, port: 40_000 };

  test.each([
    ['RTP in the clear', sdp(place)],
    ['RTP in the clear that brings a key', sdp({ ...place, crypto: crypto(AES) })],
    ['SRTP without a key', sdp({ ...place, profile: 'RTP/SAVP' })],
    ['a NULL cipher', sdp({ ...place, profile: 'RTP/SAVP', crypto: crypto('NULL_HMAC_SHA1_80') })],
    ['a NULL cipher beside AES', sdp({ ...place, profile: 'RTP/SAVP', crypto: crypto(AES, 'NULL_HMAC_SHA1_80') })],
    ['the F8 cipher', sdp({ ...place, profile: 'RTP/SAVP', crypto: crypto('F8_128_HMAC_SHA1_80') })],
    ['a cipher nobody knows', sdp({ ...place, profile: 'RTP/SAVP', crypto: crypto('ROT13_HMAC_SHA1_80') })],
    [
      'encryption switched off',
      sdp({ ...place, profile: 'RTP/SAVP', crypto: [`1 ${AES} inline:${key} UNENCRYPTED_SRTP`] }),
    ],
    [
      'authentication switched off',
      sdp({ ...place, profile: 'RTP/SAVP', crypto: [`1 ${AES} inline:${key} UNAUTHENTICATED_SRTP`] }),
    ],
    ['DTLS', sdp({ ...place, profile: 'UDP/TLS/RTP/SAVP', extra: ['a=setup:actpass'] })],
    [
      'a second stream in the clear',
      sdp({ ...place, profile: 'RTP/SAVP', crypto: crypto(AES), extra: ['m=audio 40002 RTP/AVP 0'] }),
    ],
    [
      'a key of another stream',
      `${sdp({ ...place, profile: 'RTP/SAVP' })}m=video 40002 RTP/SAVP 96\r\na=crypto:1 ${AES} inline:${key}\r\n`,
    ],
    [
      'a name that looks like a keyed stream',
      sdp(place).replace('s=-', `s=m=audio 1 RTP/SAVP 0 a=crypto:${crypto(AES)[0]}`),
    ],
    ['a key of no stream', sdp({ ...place, profile: 'RTP/SAVP' }).replace('s=-', `s=-\r\na=crypto:${crypto(AES)[0]}`)],
    ['no session at all', undefined],
  ])('that offers %s gets 488, and no node hears of it', async (_, body) => {
    const before = node.invites.length;
    expect((await new Caller(carrier, { uri, body }).refused()).status).toBe(488);
    expect(node.invites).toHaveLength(before);
    expect(edge.events().at(-1)).toMatchObject({
      event: 'call.refused',
      carrier: 'secure',
      reason: 'srtp',
      status: 488,
    });
  });

  test('cannot downgrade a call in progress', async () => {
    const call = await new Caller(carrier, { uri, body: offer }).establish();
    for (const method of ['INVITE', 'UPDATE']) {
      carrier.send(call.inDialog(method, { body: sdp(place) }));
      expect((await carrier.final()).status).toBe(488);
    }
    await call.hangUp();
  });

  test('is offered SRTP when the cell makes the offer', async () => {
    const call = await new Caller(carrier, { uri, body: offer }).establish();
    const invite = node.lastInvite;
    node.peer.send(node.inDialog('INVITE', invite, { body: sdp({ address: '127.0.0.21', port: node.rtpPort }) }));
    const reinvite = await carrier.request('INVITE');
    expect(reinvite.body).toMatch(/^m=audio \d+ RTP\/SAVP /m);
    expect(reinvite.body.match(/^a=crypto:\d+ (?!AES_|AEAD_AES_).*/gm)).toBeNull();
    carrier.send(responseTo(reinvite, '488 Not Acceptable Here'));
    expect((await node.peer.final()).status).toBe(488);
    await call.hangUp();
  });

  test('is a stranger on any other transport', async () => {
    const udp = await UdpPeer.at({ address: SECURE, port: await freePort() }, edge.at('SIP_PORT'));
    new Caller(udp, { uri, body: offer }).sendInvite();
    await expect(udp.final(1_000)).rejects.toThrow('waited');
  });

  test('may share the TLS port with no carrier that is declared for UDP', async () => {
    const tls = await StreamPeer.tls(PLAIN, edge.at('SIP_TLS_PORT'));
    new Caller(tls, { uri, body: offer }).sendInvite();
    await expect(tls.final(1_000)).rejects.toThrow('waited');
  });

  test('finds nothing but SIP on the TLS port', async () => {
    const peer = await StreamPeer.tls(SECURE, edge.at('SIP_TLS_PORT'));
    peer.send('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect(peer.final(1_000)).rejects.toThrow('waited');
    expect(peer.received).toEqual([]);
  });

  test('keeps its keys out of the logs of proxy and relay', async () => {
    const call = await new Caller(carrier, { uri, body: offer }).establish();
    await call.hangUp();
    for (const secret of [key, inlineKey(call.established.body)]) {
      expect(edge.kamailio.output).not.toContain(secret);
      expect(edge.rtpengine.output).not.toContain(secret);
    }
  });

  test('sees a renewed certificate without a restart, and calls go on', async () => {
    const call = await new Caller(carrier, { uri, body: offer }).establish();
    expect(await subject()).toBe('first.example');
    writeCertificate(edge.directory, 'second.example');
    await edge.rpc('tls.reload');
    expect(await subject()).toBe('second.example');
    expect((await call.hangUp()).status).toBe(200);
  });

  async function subject(): Promise<string> {
    const { address, port } = edge.at('SIP_TLS_PORT');
    const socket = connect({ host: address, port, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { CN } = socket.getPeerCertificate().subject;
    socket.destroy();
    return String(CN);
  }
});
