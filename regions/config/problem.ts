import { plain } from './display';
import type { Path } from './finding';

/** A position in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** One thing to repair in a file, with where it stands. */
export interface Problem extends Place {
  /** Dotted path of the value, empty for the file as a whole. */
  readonly path: string;
  readonly got: string;
  readonly allowed: string;
  readonly change: string;
}

export const dotted = (path: Path): string => path.join('.');

/** `file:line:col path: got …, allowed …, change …`, always one line. */
export function formatProblem({ file, line, col, path, got, allowed, change }: Problem): string {
  const subject = path ? ` ${path}:` : '';
  return plain(`${file}:${line}:${col}${subject} got ${got}, allowed ${allowed}, change ${change}`);
}
