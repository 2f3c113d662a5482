import { oneOf } from '../config/draw';
import { inside, put, wrong, type Mutation, type Place } from './mutation';

const production = { purpose: 'production' } as const;

const reserved = ({ g }: Place): string => oneOf(g, ['aws-voice', 'ecs', 'fargate1', 'sthree', 'amzn-s3-demo']);

const strangers = ({ g, config: { account } }: Place): string[] => [
  oneOf(g, [
    `arn:aws:iam::${account}:root`,
    `arn:aws:iam::${account}:role/reviewers`,
    `arn:aws:iam::${account}:user/*`,
    'arn:aws:iam::100000000000:user/x',
  ]),
];

const weakly = (dataClass: string) => ({ [dataClass]: { lockMode: 'GOVERNANCE' } });

const BAA = { id: 'baa', statement: 'accepted', by: 'privacy officer', date: '2026-09-01' };

export const PEOPLE: readonly Mutation[] = [
  wrong('a name that AWS keeps for itself', ['deployment'], reserved),
  inside(wrong('a principal who is no person of the account', ['principals', 'playback'], strangers), 0),
  {
    name: 'keys and recordings in one hand',
    make: (config, { config: { principals } }) => {
      put(config, ['principals', 'keyAdmin'], principals.playback.slice(0, 1));
      return { path: ['principals', 'keyAdmin', 0] };
    },
  },
  inside(wrong('a thing attested to twice', ['attestations'], [BAA, BAA]), 1, 'id'),
  wrong('callers who are not told of the recording', ['consent', 'mode'], 'none', {
    ...production,
    jurisdiction: 'US',
  }),
  inside(
    wrong('six years of 365 days', ['retention'], { cdr: { days: 6 * 365 } }, { ...production, frameworks: ['hipaa'] }),
    'cdr',
    'days',
  ),
  inside(
    wrong('a lock weaker than the law asks for', ['retention'], weakly('recording'), {
      ...production,
      frameworks: ['finra'],
    }),
    'recording',
    'lockMode',
  ),
  inside(wrong('logs that are kept for ever', ['retention'], { log: { days: 3654 } }), 'log', 'days'),
  inside(wrong('a lock on what has none', ['retention'], weakly('log')), 'log', 'lockMode'),
  {
    name: 'a lock that nobody accepted',
    wishes: production,
    make: (config) => {
      put(config, ['acceptIrreversible'], false);
      put(config, ['retention'], { transcript: { lockMode: 'COMPLIANCE' } });
      return { path: ['retention', 'transcript', 'lockMode'] };
    },
  },
  wrong('irreversible locks in a sandbox', ['acceptIrreversible'], true, { purpose: 'sandbox' }),
];
