import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FakeAws } from '../../support/fake-aws';
import { FakeEcs, type FakeTask } from '../../support/fake-ecs';
import { PLAIN, plainCarrier } from '../support/carriers';
import { afterTests } from '../support/cleanup';
import { Daemon } from '../support/daemon';
import { Edge, PUBLIC_ADDRESS } from '../support/edge';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { Caller } from '../support/sip/caller';
import { MediaNode } from '../support/sip/media-node';
import { UdpPeer } from '../support/sip/peer';
import { sdp } from '../support/sip/sdp';
import { temporaryDirectory } from '../support/temporary';
import { until } from '../support/until';

const MEDIA = path.join(__dirname, '..', '..', '..', 'media');
const [OLD, NEW] = ['eni-old', 'eni-new'] as const;

describeWith(['kamailio', 'rtpengine', 'python3'], 'the address of an edge node that leaves', () => {
  const directory = temporaryDirectory();
  let aws: FakeAws;
  let ecs: FakeEcs;
  let task: FakeTask;
  let edge: Edge;
  let carrier: UdpPeer;
  let roster: Daemon;

  beforeAll(async () => {
    aws = await FakeAws.start();
    ecs = await FakeEcs.start();
    task = ecs.add('a');
    aws.pool(['eipalloc-1', PUBLIC_ADDRESS, OLD]);
    edge = await Edge.start({ carriers: [plainCarrier], env: { EDGE_NODES: '1' } });
    const media = await MediaNode.at({ address: '127.0.0.21', port: await freePort() }, edge.at('SIP_INNER_PORT'));
    carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
    edge.writeList([`1 ${media.uri}`]);
    await edge.rpc('dispatcher.reload');
    await until('the node to be seen', async () => (await edge.get('/ready')).status === 200);
    roster = new Daemon(process.execPath, ['--import', 'tsx', path.join(MEDIA, 'roster', 'main.ts')], {
      env: {
        ...edge.env,
        ...ecs.envOf(task),
        KAMAILIO_RPC: `http://127.0.0.1:${edge.env['HTTP_PORT']}/rpc`,
        // No DNS of a cell is here: what it makes of that is not the proxy's list.
        DISPATCHER_LIST: path.join(directory, 'dispatcher.list'),
        AUTO_SCALING_GROUP: 'cell-edge',
        DRAIN_HOOK: 'voicecell-drain',
        SIP_HOST_SERVICE_ID: 'srv-host',
        SIP_SRV_SERVICE_ID_UDP: 'srv-udp',
      },
    });
    await until('protection', () => task.isProtected === true, 20_000);
  });
  afterAll(async () => {
    await aws.stop();
    ecs.stop();
  });

  const call = () =>
    new Caller(carrier, {
      uri: 'sip:+12025550111@sip.use1.demo.example',
      body: sdp({ address: PLAIN, port: 40_010 }),
    });
  const file = path.join(directory, NEW);

  /** What a node runs when it boots. */
  function boots(): ChildProcess {
    const child = spawn('python3', [path.join(MEDIA, 'boot', 'claim-eip.py'), 'demo', 'use1-az4', 'us-east-1', file], {
      env: {
        PATH: process.env['PATH'],
        PYTHONDONTWRITEBYTECODE: '1',
        VOICECELL_IMDS_URL: `${aws.url}/${NEW}`,
        VOICECELL_EC2_URL: aws.url,
        VOICECELL_CLAIM_SECONDS: '60',
      },
    });
    afterTests(() => child.kill('SIGKILL'));
    return child;
  }

  test('goes to its successor when its last call has ended, and not before', async () => {
    const kept = await call().establish();
    [task.status, task.target] = ['DRAINING', 'Terminated'];
    const successor = boots();
    await until('a heartbeat', () => ecs.asked.includes('RecordLifecycleActionHeartbeat'), 20_000);
    expect((await call().refused()).status).toBe(503);
    const looks = ecs.asked.length;
    await until('two looks', () => ecs.asked.length > looks + 20, 20_000);
    expect([task.isReleased, task.isProtected, successor.exitCode]).toEqual([false, true, null]);
    expect(aws.holders()).toEqual({ [PUBLIC_ADDRESS]: OLD });

    expect((await kept.hangUp()).status).toBe(200);
    await until('the instance to be let go', () => task.isReleased, 20_000);
    expect(roster.isRunning).toBe(true);
    // EC2 ends the instance now, and the address is free.
    aws.give('eipalloc-1', undefined);
    await until('the successor', () => successor.exitCode === 0, 30_000);
    expect(aws.holders()).toEqual({ [PUBLIC_ADDRESS]: NEW });
    expect(readFileSync(file, 'utf8').trim()).toBe(PUBLIC_ADDRESS);
  }, 120_000);
});
