import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { edgeContainers } from '../../../media/contract';
import { edgeInput } from '../../support/contract-input';
import { PLAIN, plainCarrier } from '../support/carriers';
import { ADDRESS, Edge } from '../support/edge';
import { containerOf, inContainer, whyNoImages } from '../support/image';
import { freePort } from '../support/ports';
import { RtpEnd } from '../support/rtp';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { UdpPeer } from '../support/sip/peer';
import { rtpPlace, sdp } from '../support/sip/sdp';
import { until } from '../support/until';

const uri = 'sip:+12025550111@sip.use1.demo.example';
const FRAMES = 25;
const why = whyNoImages();

(why === undefined ? describe : describe.skip)(`the images of the edge${why ? ` (skipped: ${why})` : ''}`, () => {
  const containers = { kamailio: '', rtpengine: '' };
  let edge: Edge;
  let node: MediaNode;
  let carrier: UdpPeer;
  const stated = edgeContainers(edgeInput());
  const run = (name: keyof typeof containers, command: readonly string[] = []) => {
    const [program = '', ...args] = inContainer(containers[name], command);
    return spawnSync(program, args, { encoding: 'utf8' });
  };

  beforeAll(async () => {
    containers.rtpengine = containerOf('edge/rtpengine');
    containers.kamailio = containerOf('edge/kamailio');
    edge = await Edge.start({
      carriers: [plainCarrier],
      env: { RENDERED_DIRECTORY: '/run/kamailio' },
      // The images' user is not this one.
      prepare: (directory) => chmodSync(directory, 0o777),
      starts: (daemon, { directory, env }) =>
        inContainer(containers[daemon], ['/opt/voicecell/start.sh'], { env, directory }),
    });
    node = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    edge.writeList([`1 ${node.uri}`]);
    await edge.rpc('dispatcher.reload');
    await until('the node to be seen', async () => (await edge.get('/ready')).status === 200);
  }, 300_000);

  test('build from Debian and answer a call that is heard on both sides', async () => {
    const outside = await RtpEnd.at({ address: PLAIN, port: await freePort() });
    const inside = await RtpEnd.at({ address: '127.0.0.21', port: await freePort() });
    node.rtpPort = inside.place.port;
    const call = await new Caller(carrier, { uri, body: sdp(outside.place) }).establish();
    await Promise.all([
      outside.say(0x11, FRAMES, { ...rtpPlace(call.established.body), address: ADDRESS }),
      inside.say(0x22, FRAMES, rtpPlace(node.lastInvite.body)),
    ]);
    await until('speech at the node', () => inside.heard(0x11) >= FRAMES - 1);
    await until('speech at the carrier', () => outside.heard(0x22) >= FRAMES - 1);
    expect((await call.hangUp()).status).toBe(200);
    await until('its end', () => edge.events().some(({ event }) => event === 'call.ended'));
  });

  test('run as the unprivileged user of the contract', () => {
    for (const { name, user } of stated.filter(({ name }) => name === 'kamailio' || name === 'rtpengine'))
      expect(run(name as 'kamailio' | 'rtpengine', ['sh', '-c', 'echo $(id -u):$(id -g)']).stdout.trim()).toBe(user);
  });

  test('tell their health and drain by the commands of the contract', async () => {
    const [kamailio] = stated;
    expect(run('kamailio', kamailio?.health.command).status).toBe(0);
    const [, port = ''] = edge.env['CLI']?.split(':') ?? [];
    const relay = stated.find(({ name }) => name === 'rtpengine')?.health.command ?? [];
    expect(
      run(
        'rtpengine',
        relay.map((word) => (word === '9900' ? port : word)),
      ).status,
    ).toBe(0);
    expect(run('kamailio', kamailio?.drainCommand).status).toBe(0);
    expect(await (await edge.get('/ready')).text()).toBe('draining\n');
  });
});
