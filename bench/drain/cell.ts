import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Daemon } from '../../lab/daemon';
import { Edge } from '../../lab/edge';
import { mediaInput, plainCarrierAt } from '../../lab/inputs';
import { renderPrompts } from '../../lab/prompts';
import { until } from '../../lab/until';
import type { MediaInput } from '../../media/contract';
import { FakeModels } from '../../test/media/agent/support/fake-models';
import { FakeStores, KEY_ARN } from '../../test/media/recorder/support/fake-stores';
import { Aws, EDGE, MEDIA } from './aws';
import type { Task } from './aws/state';
import { Fleet } from './fleet';
import { STEADY_NODES } from './load';
import { HOSTS, LINK_LOCAL, namespaces, nodeAddress } from './network';
import { MediaNode } from './node';
import { build, type Programs } from './programs';

const MODELS_PORT = 8010;
/** Shorter than a drain lasts, so that hook and protection run out where they are not renewed. */
const HEARTBEAT_SECONDS = 20;
const PROTECTION_MINUTES = 1;
/** Here a task runs when its containers are ready; two rosters' lists (6 s each), looks and probes come after it. */
const SETTLE_SECONDS = 25;
/** Of the relay: enough that a port rests before it is given to another call. */
const RTP_PORTS = { RTP_PORT_MIN: '30000', RTP_PORT_MAX: '33999' } as const;
const HOOK = 'voicecell-drain';
const GROUP = 'demo-us-east-1-use1-az4';

export interface CellOptions {
  readonly run: number;
  readonly folder: string;
  /** At once, of which any one node can take all: who is refused a call was refused one that there was room for. */
  readonly calls: number;
}

export interface DrainCell {
  readonly edge: Edge;
  readonly roster: Daemon;
  readonly aws: Aws;
  readonly stores: FakeStores;
  readonly fleet: Fleet;
  readonly callsNow: () => Promise<number>;
}

/** An edge node with its roster, media nodes that come and go, and what stands for AWS and for the models. */
export async function startCell({ run, folder, calls }: CellOptions): Promise<DrainCell> {
  const [programs, prompts, input] = [build(path.join(folder, 'programs')), renderPrompts(folder), inputOf(calls)];
  await FakeModels.start({}, HOSTS.aws, MODELS_PORT);
  const stores = await FakeStores.start(HOSTS.aws);
  const { days, lockMode } = input.vault.recordings;
  stores.lock = { mode: lockMode, days };
  const { cluster, namespace } = input.place;
  const aws = await Aws.start({
    hosts: { aws: HOSTS.aws, ...LINK_LOCAL },
    cluster,
    namespace,
    edgeAddress: HOSTS.edge,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  });
  const launch = (number: number, task: Task): MediaNode =>
    new MediaNode({
      inside: (command) => namespaces.inside(run, number, command),
      address: nodeAddress(number),
      edgeAddress: HOSTS.edge,
      folder: path.join(folder, `node-${number}`),
      prompts,
      programs,
      input,
      fromTheStack: { recorder: recorderEnv(stores), lifecycle: lifeEnv(aws, task, MEDIA) },
    });
  const fleet = new Fleet({ aws, cluster, launch, addressOf: nodeAddress });
  fleet.want(STEADY_NODES);
  const edge = await startEdge(calls);
  const roster = startRoster(edge, folder, aws, programs);
  await until('the nodes', () => fleet.running().length === STEADY_NODES, 120_000);
  await until('the edge to see a node', async () => (await edge.get('/ready')).status === 200, 60_000);
  return { edge, roster, aws, stores, fleet, callsNow: () => callsOf(edge) };
}

function inputOf(calls: number): MediaInput {
  const models = `http://${HOSTS.aws}:${MODELS_PORT}`;
  const number = { number: '+12025550100', function: 'desk', persona: 'calm', language: 'en-US', queue: 'desk' };
  const inference = { stt: models, llm: models, tts: models };
  return {
    ...mediaInput([{ ...number, greeting: 'Hello.' }], inference, calls),
    rtpPorts: { from: 10_000, to: 10_000 + 4 * calls },
    consent: { mode: 'notice', onRefusal: 'no-record' },
  };
}

const ACCOUNT_ENV = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };

const recorderEnv = (stores: FakeStores): Record<string, string> => ({
  ...ACCOUNT_ENV,
  AWS_ENDPOINT_URL: stores.url,
  RECORDINGS_KEY_ARN: KEY_ARN,
  TRANSCRIPTS_KEY_ARN: KEY_ARN,
});

const lifeEnv = (aws: Aws, task: Task, service: string): Record<string, string> => ({
  ...ACCOUNT_ENV,
  AWS_ENDPOINT_URL: aws.url,
  OWN_SERVICE: service,
  AUTO_SCALING_GROUP: `${GROUP}-${service}`,
  DRAIN_HOOK: HOOK,
  HOOK_HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS),
  PROTECTION_MINUTES: String(PROTECTION_MINUTES),
  SETTLE_SECONDS: String(SETTLE_SECONDS),
  ECS_CONTAINER_METADATA_URI_V4: aws.metadataOf(task),
});

function startEdge(calls: number): Promise<Edge> {
  const carrier = { ...plainCarrierAt(HOSTS.carrier, 2 * calls), maxCallsPerSecond: 100 };
  return Edge.start({
    carriers: [carrier],
    address: HOSTS.edge,
    publicAddress: HOSTS.edge,
    env: RTP_PORTS,
  });
}

/** Its resolver is the VPC's, as the node's file says. */
function startRoster(edge: Edge, folder: string, aws: Aws, programs: Programs): Daemon {
  const resolv = path.join(folder, 'resolv.conf');
  writeFileSync(resolv, `nameserver ${LINK_LOCAL.resolver}\n`);
  const command = ['sh', '-c', 'mount --bind "$0" /etc/resolv.conf && exec "$@"', resolv, process.execPath];
  return new Daemon('unshare', ['--mount', ...command, path.join(programs.roster, 'main.js')], {
    env: {
      ...edge.env,
      ...lifeEnv(aws, aws.edge, EDGE),
      KAMAILIO_RPC: `http://127.0.0.1:${edge.env['HTTP_PORT']}/rpc`,
      SIP_HOST_SERVICE_ID: 'srv-host',
      SIP_SRV_SERVICE_ID_UDP: 'srv-udp',
    },
  });
}

async function callsOf(edge: Edge): Promise<number> {
  const { result } = await edge.rpc('dlg.stats_active');
  return (result as { readonly all?: number } | undefined)?.all ?? 0;
}
