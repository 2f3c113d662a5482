import { CALLS } from './calls';
import { CELLS } from './cells';
import { CONFLICTS } from './conflicts';
import type { Mutation } from './mutation';
import { NETWORK } from './network';
import { PEOPLE } from './people';
import { SHAPE } from './shape';
import { SOFTWARE } from './software';

export type { Loose, Mutation, Spot } from './mutation';

export const MUTATIONS: readonly Mutation[] = [
  ...SHAPE,
  ...NETWORK,
  ...CELLS,
  ...SOFTWARE,
  ...PEOPLE,
  ...CALLS,
  ...CONFLICTS,
];
