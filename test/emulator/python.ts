import { spawnSync } from 'node:child_process';
import path from 'node:path';

const REQUIREMENT = 'moto[all,server]==5.2.1';
const FOLDER = '.venv-emulator';
const VENV = path.join(__dirname, '..', '..', FOLDER);
/** A package index that does not answer must not hold anybody up. */
const LONGEST_MS = 300_000;
const PATIENCE = ['--timeout', '15', '--retries', '1'];

/** How to get what is missing. */
export const HOW_TO_GET_MOTO = [
  'the emulated AWS is moto, a Python package; to get it, in the folder of the kit:',
  `  python3 -m venv ${FOLDER}`,
  `  ${FOLDER}/bin/pip install '${REQUIREMENT}'`,
].join('\n');

export type Python = { readonly ok: true; readonly command: string } | { readonly ok: false; readonly problem: string };

/**
 * A Python that has moto: `python3`, else a virtual environment beside the sources, which is made when there is a way to
 * the package index.
 * @param tell hears of an installation before it begins
 */
export function findPython(tell: (line: string) => void): Python {
  const own = path.join(VENV, 'bin', 'python');
  const found = ['python3', own].find(hasMoto);
  if (found) return { ok: true, command: found };
  if (reasonAgainst('python3', ['--version'])) return problem('python3 is missing');
  tell(`installing ${REQUIREMENT} into ${FOLDER}, once`);
  // Again if it is there: one that was made without pip is mended.
  const unmade = reasonAgainst('python3', ['-m', 'venv', VENV]);
  if (unmade) return problem(`python3 -m venv failed: ${unmade}`);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PATIENCE, REQUIREMENT];
  const notInstalled = reasonAgainst(own, install);
  return notInstalled ? problem(`pip install failed: ${notInstalled}`) : { ok: true, command: own };
}

const problem = (why: string): Python => ({ ok: false, problem: `${why}\n${HOW_TO_GET_MOTO}` });

/** Looks for the packages without loading them, which takes seconds. */
const PROBE =
  'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ("moto", "flask", "boto3", "yaml"))))';

const hasMoto = (python: string): boolean => reasonAgainst(python, ['-c', PROBE]) === undefined;

/** The last line of what a command that failed said; undefined when it did not fail. */
function reasonAgainst(command: string, args: readonly string[]): string | undefined {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: LONGEST_MS });
  if (status === 0) return undefined;
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').at(-1);
  return error?.message ?? (said || `it ended with ${status ?? 'a signal'}`);
}
