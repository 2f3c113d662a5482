import { MUTATIONS } from '.';
import type { Mutation } from './mutation';

/** Mistakes of different rows leave each other's part of the file alone, so that each can be told beside the others. */
const ROWS: readonly (readonly string[])[] = [
  ['a mistyped key'],
  ['an unknown key in a region'],
  ['no receiver of alarms', 'a receiver that is no address'],
  ['no address block', "a network that is not private, not aligned, too wide, too narrow or Docker's"],
  ['a word for a number', 'no calls', 'more calls than a region holds'],
  ['calls of more than a day'],
  ['a transport nobody speaks', 'a carrier from nowhere', 'two carriers of one name', 'an unknown key in a carrier'],
  ['a hostname whose parent is a top-level domain'],
  ['a number nobody can dial'],
  ['a number with two functions'],
  ['a model that moves with its branch', 'a secret on a command line', 'an image without a release'],
  ['an engine that cannot serve its tier', 'more GPUs than an instance has'],
  ['calls on a node with GPUs, a burstable one or one that nobody knows', 'part of a call'],
  ['a thing attested to twice', 'a date without a month'],
  ['half a day of retention', 'a lock on what has none'],
  ['a name that is too long', 'a name that no trail could have', 'a name that AWS keeps for itself'],
  ['a principal who is no person of the account'],
  ['yes for true'],
];

export const TOGETHER: readonly (readonly Mutation[])[] = ROWS.map((row) =>
  row.map((name) => {
    const mutation = MUTATIONS.find((known) => known.name === name);
    if (!mutation) throw new RangeError(`no mutation is called "${name}"`);
    return mutation;
  }),
);
