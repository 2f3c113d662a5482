import { FakeAgent } from './support/fake-agent';
import { MediaServer, NUMBER } from './support/media-server';
import { Phone } from './support/phone';
import { freePort } from './support/ports';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { Caller } from './support/sip/caller';
import { headerOf, responseTo } from './support/sip/message';
import { UdpPeer } from './support/sip/peer';
import { sdp } from './support/sip/sdp';
import { temporaryDirectory } from './support/temporary';

/** The shortest session that RFC 4028 allows, and what Asterisk waits for packets. */
const SESSION_SECONDS = 90;
const LONGEST_MS = 75_000;

let calls = 0;

describeWith(['asterisk', 'espeak-ng', 'sox'], 'a caller who is not there any more', () => {
  const directory = temporaryDirectory();
  let server: MediaServer;

  beforeAll(async () => {
    server = await MediaServer.start({
      directory,
      prompts: renderPrompts(directory),
      env: { MAX_CALL_SECONDS: '300' },
    });
    await FakeAgent.listen(server.agentPort);
  });

  async function talk(headers: readonly (readonly [string, string])[], sends: 'packets' | 'nothing' = 'packets') {
    const phone = await Phone.open();
    if (sends === 'nothing') phone.tone = undefined;
    const place = { address: '127.0.0.1', port: await freePort() };
    const peer = await UdpPeer.at(place, server);
    const callId = `silence-${process.pid}-${(calls += 1)}`;
    const call = new Caller(peer, {
      uri: `sip:${NUMBER}@127.0.0.1:${server.port}`,
      body: sdp({ address: '127.0.0.1', port: phone.port }),
      headers: [['X-Voicecell-Call-Id', callId], ...headers],
    });
    return { callId, peer, phone, call: await call.establish(), since: Date.now() };
  }
  const secondsSince = (since: number) => (Date.now() - since) / 1_000;
  const timer = (refresher: 'uac' | 'uas') =>
    [
      ['Supported', 'timer'],
      ['Session-Expires', `${SESSION_SECONDS};refresher=${refresher}`],
    ] as const;

  test.concurrent.each([
    ['re-INVITE', 'INVITE', []],
    ['UPDATE, which the caller allows', 'UPDATE', [['Allow', 'INVITE, ACK, BYE, UPDATE'] as const]],
  ] as const)(
    'is looked for by %s at half the session, and one who answers is talked to',
    async (_, method, allow) => {
      const { call, peer, phone, since } = await talk([...timer('uas'), ...allow]);
      expect(headerOf(call.established, 'Session-Expires')).toBe(`${SESSION_SECONDS};refresher=uas`);
      const refresh = await peer.request(method, LONGEST_MS);
      expect(secondsSince(since)).toBeGreaterThan(SESSION_SECONDS / 3);
      expect(secondsSince(since)).toBeLessThan(SESSION_SECONDS / 1.5);
      peer.send(
        responseTo(refresh, '200 OK', {
          contact: `<sip:caller@127.0.0.1:${peer.place.port}>`,
          body: refresh.body && sdp({ address: '127.0.0.1', port: phone.port }),
          extra: [
            ['Require', 'timer'],
            ['Session-Expires', `${SESSION_SECONDS};refresher=uac`],
          ],
        }),
      );
      expect((await call.hangUp()).status).toBe(200);
    },
    LONGEST_MS + 10_000,
  );

  test.concurrent(
    'and no longer refreshes its session is hung up before the session ends',
    async () => {
      const { call, callId, peer, since } = await talk(timer('uac'));
      peer.send(call.inDialog('UPDATE', { extra: [...timer('uac')] }));
      expect((await peer.final()).status).toBe(200);
      const bye = await peer.request('BYE', LONGEST_MS);
      peer.send(responseTo(bye, '200 OK'));
      expect(secondsSince(since)).toBeLessThan(SESSION_SECONDS);
      await server.event(callId, 'call.ended');
    },
    LONGEST_MS + 10_000,
  );

  test.concurrent(
    'and from whom no packet comes for a minute is hung up',
    async () => {
      const { callId, peer, since } = await talk([], 'nothing');
      const bye = await peer.request('BYE', LONGEST_MS);
      peer.send(responseTo(bye, '200 OK'));
      expect(secondsSince(since)).toBeGreaterThan(50);
      expect(await server.event(callId, 'call.ended')).toMatchObject({ by: 'media', reason: 'lost' });
    },
    LONGEST_MS + 10_000,
  );
});
