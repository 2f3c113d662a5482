import { execFile, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.join(__dirname, '..', '..');
const run = promisify(execFile);

export interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Packed {
  readonly tarball: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

/** A person's shell: nothing that npm or jest put into the environment of this run. */
const person = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$|JEST_)/.test(name)));

/** Runs a program to its end, whatever that is. */
export async function finished(
  cwd: string,
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  try {
    const { stdout, stderr } = await run(program, args, { cwd, env: { ...person(), ...env }, maxBuffer: 1e8 });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, out: stdout ?? '', err: stderr ?? '' };
  }
}

async function succeeded(cwd: string, command: readonly string[]): Promise<string> {
  const { code, out, err } = await finished(cwd, command);
  if (code !== 0) throw new Error(`${command.join(' ')}: ${code}\n${out}\n${err}`);
  return out;
}

/** Builds and packs this tree, as `npm publish` would. */
export async function packed(into: string): Promise<Packed> {
  const out = await succeeded(ROOT, ['npm', 'pack', '--json', '--pack-destination', into]);
  const [made] = JSON.parse(out) as readonly { filename: string; files: readonly { path: string }[] }[];
  if (!made) throw new Error(`npm pack said ${out}`);
  return { tarball: path.join(into, made.filename), files: made.files.map((file) => file.path) };
}

/** What a TypeScript CDK app has beside the kit, in the versions this tree is tested with. */
const APP = ['aws-cdk-lib', 'constructs', 'typescript', '@types/node'] as const;

const tested = (name: string): string => {
  const file = path.join(ROOT, 'node_modules', name, 'package.json');
  return `${name}@${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`;
};

/** Installs into a folder that has nothing but a package.json, from npm's cache where it can. */
export async function installed(folder: string, tarball: string): Promise<void> {
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];
  await succeeded(folder, ['npm', 'install', ...flags, tarball, ...APP.map(tested)]);
}

const REACH = ['--prefer-offline', '--fetch-retries=0', '--fetch-timeout=5000'];
const reachable = (): boolean =>
  spawnSync('npm', ['view', ...REACH, tested('aws-cdk-lib'), 'version'], { cwd: ROOT, stdio: 'ignore' }).status === 0;

/** Where npm has neither a cache nor a network there is nothing to install from; under CI it must have one. */
export const withNpm = process.env['CI'] === 'true' || reachable() ? describe : describe.skip;

const below = (folder: string, suffix: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(suffix))
    .toSorted()
    .map((file) => path.join(folder, file));

/** The templates of an assembly, in the order of their text: stages may have different names. */
export const templateTexts = (assembly: string): string[] =>
  below(assembly, '.template.json')
    .map((file) => readFileSync(file, 'utf8'))
    .toSorted();

/** Every file below a folder with the moment it was written. */
export const written = (folder: string): string[] =>
  below(folder, '').map((file) => `${file} ${statSync(file).mtimeMs}`);

/** The TypeScript blocks of a page, by the file name in their first line. */
export function programsOf(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  return new Map(
    [...text.matchAll(/^```ts\n\/\/ (\S+)\n([^]*?)^```$/gm)].map(([, name = '', body = '']) => [name, body]),
  );
}

/** The command line of this clone. */
export const CLONE = path.join(ROOT, 'bin', 'voicecell');
