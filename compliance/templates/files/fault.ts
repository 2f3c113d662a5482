import { formatProblem } from '../../../regions/config/problem';

/** One thing in a file that is not as it should be. */
export interface Fault {
  /** From 1. */
  readonly line: number;
  /** `Resources.Vault`; empty for the file as a whole. */
  readonly path: string;
  readonly got: string;
  readonly allowed: string;
  readonly change: string;
}

/** `file:line:1 path: got …, allowed …, change …`, always one line. */
export const told = (file: string, fault: Fault): string => formatProblem({ file, col: 1, ...fault });

/** Of a file as a whole. */
export const ofFile = (got: string, allowed: string, change = 'the file, or its path'): Fault => ({
  line: 1,
  path: '',
  got,
  allowed,
  change,
});

/** Ends the reading of a file. */
export class Refused extends Error {
  readonly faults: readonly Fault[];

  constructor(...faults: readonly Fault[]) {
    super(faults[0]?.got);
    this.faults = faults;
  }
}

/** Blocks within blocks. CloudFormation takes fewer; what reads them goes as deep as they do. */
export const DEEPEST = 200;

export const tooDeep = (line: number): Fault => ({
  line,
  path: '',
  got: `more than ${DEEPEST} blocks within each other`,
  allowed: `${DEEPEST}`,
  change: 'the template to one that CloudFormation takes',
});

export const repeated = (line: number, key: string): Fault => ({
  line,
  path: key,
  got: 'the key twice in one block',
  allowed: 'every key once',
  change: 'the template: keep one of the two',
});
