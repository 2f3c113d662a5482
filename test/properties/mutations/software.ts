import { oneOf } from '../config/draw';
import { at, inRegion, inside, lacking, put, remove, wrong, type Mutation, type Path, type Place } from './mutation';

const own = { kind: 'custom' } as const;
const stt: Path = ['inference', 'stt'];
const server: Path = ['media', 'containers', 0];

const ELSEWHERE = 'arn:aws:secretsmanager:mars-north-1:123456789012:secret:x-AbCdEf';

const leaky = { command: ['serve'], port: 9000, healthPath: '/', env: { HF_TOKEN: 'hf_abcdefghijkl' } };

const upsideDown = [{ name: 'sip', protocol: 'udp', from: 5061, to: 5060 }];

const volumesOfTheHost = ({ g }: Place) => [
  {
    hostPath: oneOf(g, ['/', '/var/run/docker.sock', '/run/voicecell/../docker.sock']),
    containerPath: '/host',
    readOnly: true,
  },
];

export const SOFTWARE: readonly Mutation[] = [
  lacking('a custom media server without containers', at('media', 'containers'), own),
  {
    name: "containers beside the kit's own media server",
    wishes: own,
    make: (config, place) => {
      put(config, inRegion(place, 'media', 'kind'), 'asterisk');
      return { path: inRegion(place, 'media', 'containers'), at: 'key' };
    },
  },
  {
    name: 'a custom engine that says nothing of itself',
    make: (config, place) => {
      const path = inRegion(place, ...stt);
      put(config, [...path, 'engine'], 'custom');
      return remove(config, [...path, 'custom']);
    },
  },
  wrong('an engine that cannot serve its tier', at('inference', 'llm', 'engine'), 'kokoro'),
  wrong('an image without a release', at(...stt, 'image'), ({ g }: Place) =>
    oneOf(g, ['vllm/vllm-openai', 'vllm/vllm-openai:latest', 'registry.example:5000/vllm', 'a/b:latest-cuda']),
  ),
  {
    name: 'a secret in an environment',
    make: (config, place) => {
      const path = inRegion(place, ...stt);
      put(config, [...path, 'engine'], 'custom');
      put(config, [...path, 'custom'], leaky);
      return { path: [...path, 'custom', 'env', 'HF_TOKEN'] };
    },
  },
  inside(wrong('a secret on a command line', at(...stt, 'args'), ['--workers=2', '--api-key=sk-0123456789abcdef']), 1),
  inside(wrong('an argument that the engine sets itself', at(...stt, 'args'), ['--port=9999']), 0),
  wrong('a container of root', at(...server, 'user'), ({ g }: Place) => oneOf(g, ['root', '0:0', 'asterisk']), own),
  inside(wrong('a container that may do anything', at(...server, 'capabilities'), ['NET_RAW', 'SYS_ADMIN'], own), 1),
  inside(wrong('a container that mounts the host', at(...server, 'volumes'), volumesOfTheHost, own), 0, 'hostPath'),
  inside(wrong('ports upside down', at(...server, 'ports'), upsideDown, own), 0, 'to'),
  wrong(
    'an image that no media node can reach',
    at(...server, 'image'),
    ({ g }: Place) => oneOf(g, ['livekit/livekit-server:v1.9.0', 'asset:../../secrets', 'asset:nothing']),
    own,
  ),
  {
    name: 'no port for SIP',
    wishes: own,
    make: (config, place) => {
      put(config, inRegion(place, ...server, 'ports'), []);
      return { path: inRegion(place, 'media', 'containers') };
    },
  },
  wrong('a container that is killed while calls last', at(...server, 'stopTimeoutSeconds'), 30, own),
  inside(wrong('a secret that lies elsewhere', at(...server, 'secrets'), { API: ELSEWHERE }, own), 'API'),
];
