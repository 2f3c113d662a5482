import type { ExitCode, Io } from '../../bin/io';

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

type Run = (args: readonly string[], io: Io) => ExitCode | Promise<ExitCode>;

/** Runs a command as the CLI does and listens. */
export async function ran(run: Run, ...args: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = { out: (text) => out.push(text), err: (text) => err.push(text) };
  const code = await run(args, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
