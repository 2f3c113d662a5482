import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExitCode } from '../../../bin/io';
import { type Emulator, NoEmulator, startEmulator } from '..';
import { ChildFailed, type Surroundings } from './child';
import { ACCOUNT } from './copy';
import { renderEnding } from './ending';
import { Rehearsal } from './rehearse';
import { Steps } from './steps';
import { Verdict } from './verdict';

type Print = (line: string) => void;

/**
 * Rehearses a deployment and prints what was done, what was found and what it is worth. Leaves nothing behind, also when
 * it is interrupted.
 * @returns 0 all held, 1 something did not, 2 could not run
 */
export async function deployEmulated(print: Print, signal: AbortSignal): Promise<ExitCode> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  // What still runs when all is over would speak of an account that is gone.
  const progress: Print = (line) => {
    if (!either.aborted) print(line);
  };
  const steps = new Steps(progress);
  let emulator: Emulator;
  try {
    emulator = await steps.do('start the emulated account', () => startEmulator({ accountId: ACCOUNT, tell: print }));
  } catch (error) {
    if (error instanceof NoEmulator) return told(error.message, 2, print);
    throw error;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-rehearsal-'));
  try {
    return await rehearsed(emulator, steps, { folder, env: emulator.env, signal: either }, progress);
  } catch (error) {
    // One of two children that ran side by side may still be running when the other has failed.
    over.abort();
    if (signal.aborted) return told('interrupted: the emulator is stopped, the folder removed', 2, print);
    if (error instanceof ChildFailed) return told(error.message, 1, print);
    throw error;
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function rehearsed(emulator: Emulator, steps: Steps, around: Surroundings, print: Print): Promise<ExitCode> {
  const verdict = new Verdict(print);
  await new Rehearsal({ emulator, steps, verdict, around }).run();
  print(
    renderEnding(await emulator.report(), { ...verdict.counts, seconds: steps.seconds, lapSeconds: steps.lapSeconds }),
  );
  return verdict.counts.failed > 0 ? 1 : 0;
}

function told(why: string, code: ExitCode, print: Print): ExitCode {
  print(why);
  return code;
}
