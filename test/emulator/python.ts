import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const REQUIREMENT = 'moto[all,server]==5.2.1';
const VENV = path.join(__dirname, '..', '..', '.venv-emulator');

/** How to get what is missing, in one line. */
export const HOW_TO_GET_MOTO = `the emulated AWS is moto: python3 -m pip install '${REQUIREMENT}'`;

export type Python = { readonly ok: true; readonly command: string } | { readonly ok: false; readonly problem: string };

/**
 * A Python that has moto: `python3`, else a virtual environment beside the sources, which is made when there is a way to
 * the package index.
 */
export function findPython(): Python {
  const own = path.join(VENV, 'bin', 'python');
  const found = ['python3', own].find(hasMoto);
  if (found) return { ok: true, command: found };
  if (spawnSync('python3', ['--version']).status !== 0)
    return { ok: false, problem: `python3 is missing; ${HOW_TO_GET_MOTO}` };
  if (!existsSync(own) && !ran('python3', ['-m', 'venv', VENV])) return { ok: false, problem: HOW_TO_GET_MOTO };
  const installed = ran(own, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', REQUIREMENT]);
  return installed && hasMoto(own) ? { ok: true, command: own } : { ok: false, problem: HOW_TO_GET_MOTO };
}

const hasMoto = (python: string): boolean => ran(python, ['-c', 'import moto, flask, boto3, yaml']);

const ran = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
