import type { ExitCode, Io } from './io';

/** Could not run: the reasons, a line each, and the exit code that says so. */
export function refuse(io: Io, lines: readonly string[]): ExitCode {
  io.err(lines.join('\n'));
  return 2;
}
