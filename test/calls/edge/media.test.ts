import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PLAIN, plainCarrier } from '../support/carriers';
import { ADDRESS, Edge } from '../support/edge';
import { FakeAgent } from '../support/fake-agent';
import { MediaServer, NUMBER } from '../support/media-server';
import { Phone } from '../support/phone';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { renderPrompts } from '../support/prompts';
import { Caller } from '../support/sip/caller';
import { headerOf, responseTo } from '../support/sip/message';
import { UdpPeer } from '../support/sip/peer';
import { rtpPlace, sdp } from '../support/sip/sdp';
import { temporaryDirectory } from '../support/temporary';
import { heardTone } from '../support/tones';
import { until } from '../support/until';

const uri = `sip:${NUMBER}@sip.use1.demo.example`;
const QUEUE = 'sip:desk@pbx.example.com';

describeWith(['kamailio', 'rtpengine', 'asterisk', 'espeak-ng', 'sox'], 'a call through edge and media server', () => {
  const root = temporaryDirectory();
  const prompts = renderPrompts(root);
  let edge: Edge;
  let servers: Record<'first' | 'second', MediaServer>;
  let agents: Record<'first' | 'second', FakeAgent>;
  let carrier: UdpPeer;

  async function server(address: string): Promise<MediaServer> {
    const directory = path.join(root, address);
    mkdirSync(directory);
    const QUEUES = JSON.stringify([{ name: 'desk', uri: QUEUE, how: 'refer' }]);
    return MediaServer.start({
      directory,
      prompts,
      env: { SIP_ADDRESS: address, EDGE_CIDRS: `${ADDRESS}/32`, QUEUES },
    });
  }
  const uriOf = ({ address, port }: MediaServer) => `sip:${address}:${port}`;

  async function list(...lines: string[]): Promise<void> {
    edge.writeList(lines);
    // Kamailio refuses a second reload within five seconds.
    await until('a reload', async () => (await edge.rpc('dispatcher.reload')).error === undefined);
    await until('the nodes to be seen', async () => (await edge.get('/ready')).status === 200);
  }

  beforeAll(async () => {
    edge = await Edge.start({ carriers: [plainCarrier], publicAddress: ADDRESS });
    const [first, second] = [await server('127.0.0.21'), await server('127.0.0.22')];
    servers = { first, second };
    agents = { first: await FakeAgent.listen(first.agentPort), second: await FakeAgent.listen(second.agentPort) };
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    await list(`1 ${uriOf(first)}`);
  });

  /** A call that has come to the first node's agent, its caller with a phone; one that speaks G.722 repeats what it hears. */
  async function talk(codec: 'G.711' | 'G.722' = 'G.711') {
    const phone = await Phone.open(PLAIN);
    phone.echo = codec === 'G.722';
    const coming = agents.first.nextTalk();
    const narrow = sdp({ address: PLAIN, port: phone.port });
    const body = phone.echo ? narrow.replace('AVP 0 101', 'AVP 9 101').replace('0 PCMU', '9 G722') : narrow;
    const call = await new Caller(carrier, { uri, body }).establish();
    return { call, phone, talk: await coming };
  }

  test('is heard on both sides, and both tiers tell of it under one id', async () => {
    const { call, phone, talk: agent } = await talk();
    expect(rtpPlace(call.established.body).address).toBe(ADDRESS);
    phone.tone = 440;
    agent.sing(1_000, 1);
    await until('the agent', () => heardTone(phone.sound(), 8_000, 1_000) > 0.9);
    await until('the caller', () => heardTone(agent.heard(), 8_000, 440) > 0.9);
    expect((await call.hangUp()).status).toBe(200);
    const callId = agent.variables['VOICECELL_CALL_ID'] ?? '';
    await servers.first.event(callId, 'call.ended');
    await until('the end', () => edge.events().some((one) => one.callId === callId && one.event === 'call.ended'));
  });

  test('in G.722 is wideband on both sides', async () => {
    const { call, phone, talk: agent } = await talk('G.722');
    // The bridge begins narrow, and looks at what its members speak after two seconds.
    agent.sing(5_000, 4);
    await until('what only wideband carries, there and back', () => heardTone(agent.heard(), 16_000, 5_000) > 0.9);
    expect(new Set(phone.heard.map(({ type }) => type))).toEqual(new Set([9]));
    expect((await call.hangUp()).status).toBe(200);
  });

  test('that is transferred by REFER goes to the declared queue by way of the carrier', async () => {
    const { call, talk: agent } = await talk();
    const ask = (name: string, value: string) =>
      servers.first.ask(`${agent.variables['VOICECELL_CALLER_CHANNEL']}/variable?variable=${name}&value=${value}`);
    expect(await ask('VOICECELL_NEXT', 'transfer')).toBe(204);
    agent.command({ command: 'HANGUP' });
    const refer = await carrier.request('REFER', 20_000);
    expect(headerOf(refer, 'Refer-To')).toContain(`<${QUEUE}?`);
    carrier.send(responseTo(refer, '202 Accepted', { contact: `<sip:x@${PLAIN}:${carrier.place.port}>` }));
    const notify = call.inDialog('NOTIFY', {
      extra: [
        ['Event', 'refer'],
        ['Subscription-State', 'terminated;reason=noresource'],
      ],
      body: 'SIP/2.0 200 OK',
    });
    carrier.send(notify.replace('application/sdp', 'message/sipfrag'));
    const bye = await carrier.request('BYE', 15_000);
    carrier.send(responseTo(bye, '200 OK'));
    const callId = agent.variables['VOICECELL_CALL_ID'] ?? '';
    expect(await servers.first.event(callId, 'call.ended')).toMatchObject({ reason: 'transferred' });
  });

  test('whose caller sends REFER stays where it is, and nobody is called', async () => {
    const { call, phone, talk: agent } = await talk();
    carrier.send(call.inDialog('REFER', { extra: [['Refer-To', `<sip:x@${PLAIN}:${carrier.place.port}>`]] }));
    expect((await carrier.final()).status).toBe(603);
    agent.sing(1_000, 1);
    await until('the agent', () => heardTone(phone.sound(), 8_000, 1_000) > 0.9);
    expect(carrier.received.filter(({ method }) => method === 'INVITE')).toEqual([]);
    expect((await call.hangUp()).status).toBe(200);
  });

  test('that is cancelled before it is answered leaves nothing at the media server', async () => {
    const call = new Caller(carrier, { uri, body: sdp({ address: PLAIN, port: 40_010 }) });
    call.sendInvite();
    call.cancel();
    const final = await carrier.next(
      'an end',
      ({ status, headers }) =>
        status >= 200 && headers.some(([name, value]) => name === 'CSeq' && value.endsWith('INVITE')),
    );
    // The server answers at once: a CANCEL may come too late, and then the call is a call.
    if (final.status === 200) await call.answeredBy(final).hangUp();
    else call.acknowledge(final);
    await until('no calls', async () =>
      JSON.stringify((await edge.rpc('dlg.stats_active')).result).includes('"all":0'),
    );
    await until('no agents', () => agents.first.talks.every(({ isOpen }) => !isOpen));
    expect([200, 487]).toContain(final.status);
  });

  test('whose media server is killed gets BYE with the reason within 15 s; new calls go to the other', async () => {
    const { talk: agent } = await talk();
    const callId = agent.variables['VOICECELL_CALL_ID'] ?? '';
    await list(`1 ${uriOf(servers.first)}`, `1 ${uriOf(servers.second)}`);
    const died = Date.now();
    servers.first.kill();
    const bye = await carrier.request('BYE', 15_000);
    expect(Date.now() - died).toBeLessThan(15_000);
    expect(headerOf(bye, 'Reason')).toContain('cause=503');
    carrier.send(responseTo(bye, '200 OK'));
    await until('its end', () => edge.events().some((one) => one.callId === callId && one.event === 'call.ended'));
    expect(edge.events().findLast((one) => one.callId === callId)).toMatchObject({ reason: 'lost' });
    for (let n = 0; n < 2; n += 1) {
      const next = await new Caller(carrier, { uri, body: sdp({ address: PLAIN, port: 40_010 }) }).establish();
      expect((await next.hangUp()).status).toBe(200);
    }
    expect(agents.second.talks).toHaveLength(2);
  });
});
