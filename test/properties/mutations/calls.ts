import { oneOf } from '../config/draw';
import { at, inRegion, inside, put, remove, wrong, type Mutation, type Place } from './mutation';

const own = { kind: 'asterisk' } as const;

const tool = (url: string) => ({ name: 'look-up', description: 'looks up an order', parameters: {}, url });

const numberOf = ({ config, region }: Place) => config.regions[region]?.numbers[0];

const bridged = { name: 'people', how: 'bridge', uri: 'sip:desk@192.168.7.9' };

const network = (more: object = {}) => ({
  transitGatewayId: 'tgw-0123456789abcdef0',
  signallingCidrs: ['192.168.7.0/28'],
  mediaCidrs: ['192.168.7.0/28'],
  ...more,
});

/** People and tools that a call may be led to, and what is said in it. */
export const CALLS: readonly Mutation[] = [
  wrong('consent by a word that nobody may hear', ['consent', 'mode'], 'explicit-voice', {
    ...own,
    purpose: 'sandbox',
  }),
  wrong(
    'a language without announcements',
    at('numbers', 0, 'language'),
    ({ g }: Place) => oneOf(g, ['ja', 'pt-BR']),
    own,
  ),
  {
    name: 'a language that the engine has no voice for',
    wishes: own,
    make: (config, place) => {
      put(config, inRegion(place, 'inference', 'tts', 'engine'), 'kokoro');
      remove(config, inRegion(place, 'inference', 'tts', 'custom'));
      remove(config, inRegion(place, 'numbers', 0, 'voice'));
      return put(config, inRegion(place, 'numbers', 0, 'language'), 'de-DE');
    },
  },
  wrong('a number whose people are nobody', at('numbers', 0, 'queue'), 'nobody-there'),
  {
    name: 'a model that nothing serves',
    make: (config, place) => {
      put(config, inRegion(place, 'inference', 'llm', 'engine'), 'vllm');
      remove(config, inRegion(place, 'inference', 'llm', 'custom'));
      return put(config, inRegion(place, 'numbers', 0, 'model'), 'example/no-such-model');
    },
  },
  inside(wrong('a host that is declared twice', at('outsideHosts'), ['a.example.com', 'a.example.com']), 1),
  {
    name: 'a tool at a host that is not declared',
    make: (config, place) => {
      put(config, inRegion(place, 'outsideHosts'), ['declared.example.com']);
      put(config, inRegion(place, 'numbers', 0, 'tools'), [tool('https://elsewhere.example.com/orders')]);
      return { path: inRegion(place, 'numbers', 0, 'tools', 0, 'url') };
    },
  },
  {
    name: 'functions too large for a task',
    make: (config, place) => {
      const { number: _, ...rest } = numberOf(place) ?? { number: '' };
      const many = Array.from({ length: 60 }, (_unused, index) => ({
        ...rest,
        number: `+1202555${String(1000 + index)}`,
        persona: 'p'.repeat(900),
      }));
      put(config, inRegion(place, 'numbers'), many);
      return { path: inRegion(place, 'numbers') };
    },
  },
  {
    name: 'a queue that no route leads to',
    make: (config, place) => {
      const queue = numberOf(place)?.queue;
      put(config, inRegion(place, 'queues'), [{ ...bridged, name: queue }]);
      put(config, inRegion(place, 'queueNetwork'), undefined);
      put(config, inRegion(place, 'numbers'), [numberOf(place)]);
      return { path: inRegion(place, 'queues', 0, 'how') };
    },
  },
  {
    name: 'people whom nobody records where every call is recorded to its end',
    wishes: { purpose: 'production', frameworks: ['finra-taping'] },
    make: (config, place) => put(config, inRegion(place, 'queues', 0, 'how'), 'refer'),
  },
  {
    name: 'callers who are spoken to unrecorded where every call is recorded',
    wishes: { purpose: 'production', frameworks: ['finra-taping'] },
    make: (config) => {
      put(config, ['consent', 'mode'], 'explicit-dtmf');
      return put(config, ['consent', 'onRefusal'], 'no-record');
    },
  },
  {
    name: 'a network of people that is public',
    make: (config, place) => {
      put(config, inRegion(place, 'queueNetwork'), network({ mediaCidrs: ['203.0.113.0/28'] }));
      return { path: inRegion(place, 'queueNetwork', 'mediaCidrs', 0) };
    },
  },
  {
    name: 'one transit gateway for two regions',
    wishes: { regions: 2 },
    make: (config, { config: { regions } }) => {
      const [, second = ''] = Object.keys(regions);
      for (const region of Object.keys(regions)) put(config, ['regions', region, 'queueNetwork'], network());
      return { path: ['regions', second, 'queueNetwork', 'transitGatewayId'] };
    },
  },
];
