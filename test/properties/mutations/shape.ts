import { oneOf } from '../config/draw';
import { at, inRegion, inside, lacking, put, wrong, type Mutation } from './mutation';

/** Mistakes that the schema knows without looking anything up. */
export const SHAPE: readonly Mutation[] = [
  { name: 'a mistyped key', make: (config) => ({ ...put(config, ['aiDisclosre'], 'always'), at: 'key' }) },
  {
    name: 'an unknown key in a region',
    make: (config, place) => ({ ...put(config, inRegion(place, 'zone'), 'a'), at: 'key' }),
  },
  {
    name: 'an unknown key in a carrier',
    make: (config, place) => ({ ...put(config, inRegion(place, 'carriers', 0, 'password'), 'x'), at: 'key' }),
  },
  lacking('no address block', at('vpcCidr')),
  lacking('a service without its model', at('inference', 'llm', 'model')),
  lacking('no receiver of alarms', ['alarms', 'email']),
  wrong('a word for a number', at('peakConcurrentCalls'), 'many'),
  wrong('no calls', at('peakConcurrentCalls'), 0),
  wrong('part of a call', at('edge', 'callsPerNode'), 1.5),
  wrong('more calls than a region holds', at('peakConcurrentCalls'), 100_001),
  wrong('calls of more than a day', at('maxCallMinutes'), 1441),
  wrong('an account that YAML takes for a number', ['account'], 123_456_789_012),
  wrong('a transport nobody speaks', at('carriers', 0, 'transport'), 'tlss'),
  wrong('no carrier', at('carriers'), []),
  wrong('a carrier from nowhere', at('carriers', 0, 'signallingCidrs'), []),
  wrong('a list written as text', at('carriers', 0, 'mediaCidrs'), '198.51.100.0/24'),
  wrong('an empty block', ['principals'], null),
  wrong('text where a block belongs', at('sip'), 'sip.example.com'),
  wrong('a receiver that is no address', ['alarms', 'email'], 'ops'),
  wrong('a name that is too long', ['deployment'], 'a-name-too-long-1'),
  wrong('a name that no trail could have', ['deployment'], 'voice--prod'),
  wrong('a number nobody can dial', at('fallbackNumber'), '12025550100'),
  wrong('a model that moves with its branch', at('inference', 'stt', 'model', 'revision'), 'main'),
  inside(wrong('a zone for cells', at('cells'), { azIds: ['us-east-1a'] }), 'azIds', 0),
  inside(wrong('five cells', at('cells'), { count: 5 }), 'count'),
  wrong('yes for true', ['acceptIrreversible'], 'yes'),
  inside(wrong('half a day of retention', ['retention'], { recording: { days: 0.5 } }), 'recording', 'days'),
  inside(wrong('a framework that the kit does not know', ['frameworks'], ['gdpr']), 0),
  inside(
    wrong('a date without a month', ['attestations'], [{ id: 'baa', statement: 's', by: 'b', date: '2026-31-01' }]),
    0,
    'date',
  ),
  inside(
    wrong('a port beyond the last', at('inference', 'tts', 'custom'), {
      command: ['x'],
      port: 65_536,
      healthPath: '/',
    }),
    'port',
  ),
  {
    name: 'junk where a setting belongs',
    make: (config, place) =>
      put(
        config,
        inRegion(place, oneOf(place.g, ['edge', 'media', 'inference', 'numbers', 'cells'])),
        oneOf(place.g, [7, true, 'x']),
      ),
  },
];
