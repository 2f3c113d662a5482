import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { BASES, NODE } from '../../media/contract';
import { type Dockerfile, copiesOf, dockerfiles, packagesOf } from '../support/dockerfile';

const all = dockerfiles().map((file) => [file.folder, file] as const);
const command = ({ steps }: Dockerfile): string[] =>
  JSON.parse(steps.find(({ name }) => name === 'CMD')?.rest ?? '[]') as string[];

test('every Dockerfile has its base in the contract, and nothing else has', () => {
  expect(all.map(([folder]) => folder)).toEqual(Object.keys(BASES).toSorted());
});

describe.each(all)('the image of %s', (folder, file) => {
  test('is built on the base that the contract names', () => {
    expect(file.steps[0]).toEqual({ name: 'ARG', rest: `BASE=${BASES[folder]}` });
    for (const { rest } of file.steps.filter(({ name }) => name === 'FROM'))
      expect(rest).toMatch(/^\$\{BASE\}( AS \w+)?$/);
  });

  test('copies only what its folder holds', () => {
    for (const { sources } of copiesOf(file))
      for (const source of sources) {
        const pattern = new RegExp(`^${source.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')}$`);
        const there =
          existsSync(path.join(file.directory, source)) || readdirSync(file.directory).some((one) => pattern.test(one));
        expect([source, there]).toEqual([source, true]);
      }
  });

  test('fetches nothing but packages, and keeps no list of them', () => {
    const runs = file.steps.filter(({ name }) => name === 'RUN').map(({ rest }) => rest);
    for (const rest of runs) expect(rest).not.toMatch(/curl|wget|https?:/);
    expect(file.steps.filter(({ name }) => name === 'ADD')).toEqual([]);
    const last = file.steps.findLastIndex(({ name }) => name === 'FROM');
    const final = file.steps.slice(last).filter(({ rest }) => rest.includes('apt-get install'));
    for (const { rest } of final) expect(rest).toContain('rm -rf /var/lib/apt/lists/*');
  });

  test("runs as the node's user, in the last stage", () => {
    const names = file.steps.map(({ name }) => name);
    expect(file.steps.findLast(({ name }) => name === 'USER')?.rest).toBe(NODE.user);
    expect(names.lastIndexOf('USER')).toBeGreaterThan(names.lastIndexOf('FROM'));
    expect(names.slice(-2)).toEqual(['USER', 'CMD']);
  });

  test('starts a program that is in it and may be run', () => {
    const [program = '', script = ''] = command(file);
    if (program === 'node') return expectScript(file, script);
    const from = copiesOf(file).find(
      ({ to, sources }) => to === program || path.basename(to) === program || sources.includes(path.basename(program)),
    );
    const name = from?.sources.find((source) => source === path.basename(program)) ?? from?.sources[0] ?? '';
    expect(from?.flags).toContain('--chmod=0755');
    expect(readFileSync(path.join(file.directory, name), 'utf8')).toMatch(/^#!\/bin\/(ba)?sh\n/);
  });
});

/** Bundled from its source: Debian's Node strips no types. */
function expectScript(file: Dockerfile, script: string): void {
  expect(packagesOf(file)).toContain('nodejs');
  expect(script).toMatch(/\.js$/);
  const source = script.replace(/\.js$/, '.ts');
  expect(existsSync(path.join(file.directory, source))).toBe(true);
  const { scripts, overrides = {} } = JSON.parse(readFileSync(path.join(file.directory, 'package.json'), 'utf8')) as {
    scripts: { build: string };
    overrides?: Record<string, string>;
  };
  expect(scripts.build.split(' ')).toContain(source);
  expectInstallable(file, Object.values(overrides));
}

/** Debian's npm 9 says of such a lock file that there is none. */
function expectInstallable({ steps }: Dockerfile, overrides: readonly string[]): void {
  const install = steps.find(({ rest }) => / ci --ignore-scripts/.test(rest));
  const isNewer = /npx --yes npm@\d/.test(install?.rest ?? '');
  expect(isNewer).toBe(overrides.some((one) => one.startsWith('npm:')));
}
