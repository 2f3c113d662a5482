import { ECSClient } from '@aws-sdk/client-ecs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentNode, buildAgent } from '../../../lab/agent';
import { Keeper } from '../../../media/roster/keeper';
import { ask } from '../../../media/roster/kamailio';
import { desiredNodes } from '../../../media/roster/nodes/service';
import { statusesOf } from '../../../media/roster/nodes/status';
import { look } from '../../../media/roster/roster';
import { FakeModels } from '../../media/agent/support/fake-models';
import { environment } from '../../media/agent/support/running-agent';
import { CLUSTER, FakeEcs, SERVICE } from '../../support/fake-ecs';
import { PLAIN, plainCarrier } from '../support/carriers';
import { ADDRESS, Edge } from '../support/edge';
import { Human } from '../support/human';
import { MediaServer, NUMBER } from '../support/media-server';
import { MediaTask } from '../support/media-task';
import { Phone } from '../support/phone';
import { freePort } from '../support/ports';
import { describeWith } from '../support/programs';
import { renderPrompts } from '../support/prompts';
import { Caller } from '../support/sip/caller';
import { UdpPeer } from '../support/sip/peer';
import { sdp } from '../support/sip/sdp';
import { temporaryDirectory } from '../support/temporary';
import { heardTone, level } from '../support/tones';
import { until } from '../support/until';

const uri = `sip:${NUMBER}@sip.use1.demo.example`;
const VOICE_HZ = 440;
const CALLER_HZ = 300;
/** More than it has in any test: it never says that it is full. */
const CALLS = 4;

/** Asked once at every look of a node at itself. */
const LOOK = 'DescribeContainerInstances';

interface Call {
  readonly caller: Caller;
  readonly phone: Phone;
  /** Where it is. */
  readonly server: MediaServer;
  readonly callId: string;
}

describeWith(
  ['kamailio', 'rtpengine', 'asterisk', 'espeak-ng', 'sox', 'sipp'],
  'a media node that begins to leave',
  () => {
    const directory = temporaryDirectory();
    const built = temporaryDirectory();
    const statusPorts = new Map<string, number>();
    let ecs: FakeEcs;
    let client: ECSClient;
    let models: FakeModels;
    let edge: Edge;
    let human: Human;
    let old: MediaTask;
    let other: MediaServer;
    let oldAgent: AgentNode;
    let keeper: Keeper;

    beforeAll(async () => {
      buildAgent(built);
      ecs = await FakeEcs.start();
      const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
      client = new ECSClient({ region: 'us-east-1', endpoint: ecs.url, credentials, maxAttempts: 1 });
      models = await FakeModels.start({ speechMs: 40 });
      edge = await Edge.start({ carriers: [plainCarrier], publicAddress: ADDRESS });
      human = await Human.waits(directory);
      const QUEUES = JSON.stringify([{ name: 'desk', uri: human.uri, how: 'bridge' }]);
      const env = { EDGE_CIDRS: `${ADDRESS}/32`, QUEUES };
      const prompts = renderPrompts(directory);
      old = await MediaTask.start({
        directory,
        prompts,
        ecs,
        task: ecs.add('a'),
        env: { ...env, MAX_CALLS: String(CALLS) },
        // A minute in the contract; long enough for the proxy to know the new node.
        lifecycle: { SETTLE_SECONDS: '12' },
      });
      other = await MediaServer.start({ directory: temporaryDirectory(), prompts, env });
      oldAgent = await agentOf(old.server, { MAX_CALLS: String(CALLS), LEAVING_FILE: old.leavingFile });
      await agentOf(other);
      keeper = new Keeper({
        file: edge.env['DISPATCHER_LIST'] ?? '',
        now: () => performance.now(),
        reload: () => ask(`http://127.0.0.1:${edge.env['HTTP_PORT']}/rpc`, 'dispatcher.reload'),
      });
    }, 120_000);
    beforeEach(() => {
      ecs.desired = 1;
      return route([old.server]);
    });
    afterAll(() => {
      ecs.stop();
      models.stop();
    });

    async function agentOf(server: MediaServer, env: Record<string, string> = {}): Promise<AgentNode> {
      const port = await freePort();
      statusPorts.set(uriOf(server), port);
      const more = { AUDIO_PORT: String(server.agentPort), STATUS_PORT: String(port), PROCESSES: '1', ...env };
      return AgentNode.start(built, environment(models, { env: more, business: { number: NUMBER } }, server.door));
    }

    const uriOf = ({ address, port }: MediaServer): string => `sip:${address}:${port}`;

    /** As the roster sees the cell, until the proxy has it so and has seen every open node. */
    async function route(nodes: readonly MediaServer[]): Promise<void> {
      const statuses = async (known: readonly string[]) => {
        const each = known.map((node) => statusesOf([node], statusPorts.get(node) ?? 0));
        return new Map((await Promise.all(each)).flatMap((one) => [...one]));
      };
      const listed = () => Promise.resolve(nodes.map(uriOf));
      const desired = () => desiredNodes(client, CLUSTER, SERVICE);
      await until(
        'the roster',
        async () => {
          await look({ keeper, listed, desired, statuses });
          const { result } = await edge.rpc('dispatcher.list');
          return openIn(result).join() === keeper.last.open.join();
        },
        20_000,
      );
    }

    /** An INVITE from a carrier's port of its own. */
    async function invites(): Promise<{ caller: Caller; phone: Phone }> {
      const carrier = await UdpPeer.at({ address: PLAIN, port: await freePort() }, edge.at('SIP_PORT'));
      const phone = await Phone.open(PLAIN);
      const caller = new Caller(carrier, { uri, body: sdp({ address: PLAIN, port: phone.port }) });
      caller.sendInvite();
      return { caller, phone };
    }

    async function calls(): Promise<Call> {
      const { caller, phone } = await invites();
      const final = await caller.peer.final(10_000);
      if (final.status !== 200) throw new Error(`no 200 but ${final.text}`);
      caller.answeredBy(final);
      const offered = await until('the call', () => edge.events().find((one) => !seen.has(one.callId)));
      seen.add(offered.callId);
      const { callId } = offered;
      const isAt = (server: MediaServer) => server.events(callId).length > 0;
      const server = await until('its node', () => [old.server, other].find(isAt));
      return { caller, phone, server, callId };
    }
    const seen = new Set<string>();

    const asked = (action: string): number => ecs.asked.filter((one) => one === action).length;

    const hears = ({ phone }: Call, hz: number, since: number): boolean =>
      heardTone(phone.sound(since), 8_000, hz) > 0.9;

    const sounds = ({ phone }: Call, since: number): boolean => level(phone.sound(since)) > 100;

    async function says({ phone }: Call, milliseconds: number): Promise<void> {
      phone.tone = CALLER_HZ;
      await sleep(milliseconds);
      phone.tone = 0;
    }

    /** A call that was greeted. */
    async function greeted(): Promise<Call> {
      const call = await calls();
      await until('the greeting', () => hears(call, VOICE_HZ, 0), 10_000);
      await until('its end', () => !sounds(call, Date.now() - 700), 20_000);
      return call;
    }

    async function leaves(): Promise<void> {
      old.task.status = 'DRAINING';
      await until('the node to leave', () => old.isLeaving, 15_000);
    }

    /** Held to its last call's recording, and no longer. */
    async function holds(call: Call): Promise<void> {
      const looks = asked(LOOK);
      await until('two looks', () => asked(LOOK) > looks + 1, 20_000);
      expect([old.task.isProtected, old.isLeaving]).toEqual([true, true]);
      expect(call.server.events(call.callId).map(({ event }) => event)).not.toContain('call.ended');
      expect((await call.caller.hangUp()).status).toBe(200);
      expect(await call.server.event(call.callId, 'call.ended')).toMatchObject({ by: 'caller', reason: 'hangup' });
      await until('the node to be let go', () => old.task.isProtected === false, 60_000);
      expect(old.stores.row(call.callId, 'recording#1')).toBeDefined();
    }

    async function stays(): Promise<void> {
      old.task.status = 'ACTIVE';
      await until('the node to stay', () => !old.isLeaving && old.task.isProtected === true, 15_000);
    }

    test('while a call rings at it loses no call: what it has not answered goes to another node', async () => {
      ecs.desired = 2;
      await route([old.server, other]);
      const looks = asked(LOOK);
      await until('a look', () => asked(LOOK) > looks, 10_000);
      // Just before the next one, for the edge does not wait long.
      await sleep(3_500);
      process.kill(-old.server.pid, 'SIGSTOP');
      const two = [await invites(), await invites()];
      await leaves();
      process.kill(-old.server.pid, 'SIGCONT');
      for (const { caller } of two) caller.answeredBy(await caller.peer.response(200, 10_000));

      await until('a refusal', () => old.server.events().find(({ event }) => event === 'call.refused'));
      expect(old.server.events().map(({ event }) => event)).toEqual(['call.refused']);
      expect(other.events().filter(({ event }) => event === 'call.answered')).toHaveLength(2);
      for (const { caller } of two) expect((await caller.hangUp()).status).toBe(200);
      for (const { callId } of edge.events()) seen.add(callId);
      await stays();
    }, 90_000);

    test('while a call is on hold keeps it, and the caller comes back', async () => {
      const call = await greeted();
      const again = async (direction: string) => {
        const body = sdp({ address: PLAIN, port: call.phone.port }).replace('sendrecv', direction);
        call.caller.peer.send(call.caller.inDialog('INVITE', { body }));
        await call.caller.peer.response(200);
        call.caller.ack();
      };
      await again('sendonly');
      await call.server.event(call.callId, 'call.hold');
      await leaves();
      await again('sendrecv');
      const back = Date.now();
      await says(call, 600);
      await until('an answer', () => hears(call, VOICE_HZ, back), 10_000);
      await holds(call);
      await stays();
    }, 90_000);

    test('while a caller interrupts the agent keeps the call, and both go on talking', async () => {
      models.behaviour.replies = ['This is a very long answer that nobody wants to hear. '.repeat(14), 'Good.'];
      const call = await greeted();
      const marks = () => oldAgent.events(call.callId).flatMap((one) => (one.event === 'turn.mark' ? [one.mark] : []));
      await says(call, 600);
      await until('the long answer', () => marks().includes('first-frame-out'), 10_000);
      await leaves();
      await says(call, 600);
      await until('the interruption', () => marks().includes('barge-in'));
      const since = Date.now() + 300;
      await until('the next answer', () => hears(call, VOICE_HZ, since), 10_000);
      await holds(call);
      await stays();
    }, 90_000);

    test('while a call is being transferred keeps it, and it is bridged', async () => {
      const call = await greeted();
      models.behaviour.broken = { llm: 'error' };
      await says(call, 600);
      await until('the apology', () => oldAgent.events(call.callId).find(({ event }) => event === 'stage.degraded'));
      await leaves();
      expect(await call.server.event(call.callId, 'call.transferred')).toMatchObject({ how: 'bridge', outcome: 'ok' });
      const bridged = Date.now();
      human.phone.tone = 1_000;
      await until('the human', () => hears(call, 1_000, bridged), 10_000);
      await holds(call);
      models.behaviour.broken = {};
      await stays();
    }, 90_000);

    test('because a newer one is up keeps its calls, and gets none in the place of those that end; the newer gets calls at once', async () => {
      const both = [await greeted(), await greeted()];
      expect(both.map(({ server }) => server)).toEqual([old.server, old.server]);
      ecs.newest = 'media:2';
      ecs.add('b');
      await route([old.server, other]);
      expect(keeper.last.open).toEqual([old.server, other].map(uriOf).toSorted());
      expect(old.isLeaving).toBe(false);
      const more = [await calls(), await calls()];
      expect(new Set(more.map(({ server }) => server))).toEqual(new Set([old.server, other]));
      for (const { caller } of more) expect((await caller.hangUp()).status).toBe(200);
      await until('the node to leave', () => old.isLeaving, 25_000);
      await route([old.server, other]);

      const [first, last] = both as [Call, Call];
      expect((await first.caller.hangUp()).status).toBe(200);
      await old.server.event(first.callId, 'call.ended');
      await route([old.server, other]);
      expect([(await calls()).server, (await calls()).server]).toEqual([other, other]);
      expect(keeper.last.closed).toEqual([uriOf(old.server)]);
      await holds(last);
      expect(old.holder.isRunning).toBe(true);
      expect(old.stores.row(first.callId, 'recording#1')).toBeDefined();
    }, 120_000);
  },
);

interface Records {
  readonly RECORDS: readonly {
    readonly SET: { readonly ID: number; readonly TARGETS: readonly { DEST: { URI: string; FLAGS: string } }[] };
  }[];
}

/** Of the proxy's list, those that get new calls and have answered it. */
const openIn = (result: unknown): string[] =>
  ((result as Records | undefined)?.RECORDS ?? [])
    .flatMap(({ SET }) => (SET.ID === 1 ? SET.TARGETS : []))
    .flatMap(({ DEST }) => (DEST.FLAGS === 'AP' ? [DEST.URI] : []))
    .toSorted();
