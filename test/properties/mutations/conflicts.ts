import { regionsOf } from '../../../regions/catalog';
import { inside, put, remove, wrong, type Mutation } from './mutation';

const ceiling = { days: 30, because: 'the contract' };

/** Two duties of one deployment that cannot both be met. */
export const CONFLICTS: readonly Mutation[] = [
  inside(
    wrong('an end before the law allows one', ['retention'], { cdr: { ceiling } }, { frameworks: ['hipaa'] }),
    'cdr',
    'ceiling',
    'days',
  ),
  inside(
    wrong('days beyond their own ceiling', ['retention'], { posture: { days: 31, ceiling } }, { frameworks: [] }),
    'posture',
    'days',
  ),
  wrong('digits of cards in recordings', ['cardData'], { pauseResume: true, dtmfMask: false }, { frameworks: ['pci'] }),
  {
    name: 'cards that nobody thought of',
    wishes: { frameworks: ['pci'] },
    make: (config) => ({ ...remove(config, ['cardData']), path: ['frameworks'], at: 'value' }),
  },
  wrong('allowed regions that are none', ['allowedRegions'], ['mars-north-1']),
  {
    name: 'a region that the contract does not allow',
    wishes: { jurisdiction: 'US', mostRegions: 1 },
    make: (config, { region }) => {
      const others = regionsOf('US').filter((other) => other !== region);
      return { ...put(config, ['allowedRegions'], others), path: ['regions', region], at: 'key' };
    },
  },
];
