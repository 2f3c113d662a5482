import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CLONE,
  finished,
  installed,
  packed,
  programsOf,
  templateTexts,
  withNpm,
  written,
  type Finished,
  type Packed,
} from '../support/package';

const UNCHECKED = { CDK_VALIDATION: 'false', CDK_DISABLE_CLI_TELEMETRY: 'true' };
const STRICT = {
  strict: true,
  noUncheckedIndexedAccess: true,
  // The kit's own declarations are judged too.
  skipLibCheck: false,
  target: 'ES2023',
  lib: ['ES2023', 'ESNext.Disposable'],
  module: 'Node16',
  types: ['node'],
  outDir: 'out',
};

withNpm('the package, packed and installed by npm into an empty folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-package-'));
  const at = (...place: string[]): string => path.join(folder, ...place);
  const kit = at('node_modules', 'voicecell');
  let tarball: Packed;
  let before: readonly string[];

  beforeAll(async () => {
    mkdirSync(at('packed'));
    tarball = await packed(at('packed'));
    writeFileSync(at('package.json'), '{ "private": true }');
    await installed(folder, tarball.tarball);
    before = written(kit);
  }, 240_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('holds what is run and read, its licence and its README, and nothing else', () => {
    const strangers = tarball.files.filter(
      (file) =>
        !/^(dist\/(?!.*\.test\.).+|bin\/voicecell|docs\/using-the-constructs\.md|[A-Z]+(\.md)?|package\.json)$/.test(
          file,
        ),
    );
    expect(strangers).toEqual([]);
    expect(tarball.files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.d.ts']));
  });

  test('shares one CDK with the app around it', () => {
    expect(existsSync(at('node_modules', 'aws-cdk-lib'))).toBe(true);
    expect(existsSync(path.join(kit, 'node_modules'))).toBe(false);
  });

  test('answers npx', async () => {
    const { code, out } = await npx('regions', '--jurisdiction', 'US');
    expect(code).toBe(0);
    expect(out).toContain('use1-az4');
  });

  describe("a deployment of one's own", () => {
    beforeAll(async () => {
      await npx('init', 'clinic');
      attest(at('clinic.yaml'));
    });

    test('is the shipped one under its own name, and editors find its schema', () => {
      const [schema = '', ...rest] = readFileSync(at('clinic.yaml'), 'utf8').split('\n');
      expect(rest).toContain('deployment: clinic');
      expect(existsSync(at(schema.replace('# yaml-language-server: $schema=', '')))).toBe(true);
    });

    test('gives the templates and images that the clone gives', async () => {
      const cloned = finished(folder, [CLONE, 'synth', 'clinic.yaml', '--out', 'cloned'], UNCHECKED);
      expect(await finished(folder, [bin('voicecell'), 'synth', './clinic.yaml'], UNCHECKED)).toMatchObject({
        code: 0,
      });
      expect(await cloned).toMatchObject({ code: 0 });
      expect(templateTexts(at('cdk.out')).length).toBeGreaterThan(5);
      expect(templateTexts(at('cdk.out'))).toEqual(templateTexts(at('cloned')));
    }, 60_000);

    test('is handed to the CDK CLI with its assembly in the folder of the user', async () => {
      mkdirSync(at('live'));
      const own = readFileSync(at('clinic.yaml'), 'utf8').replaceAll('111122223333', '424242424242');
      writeFileSync(at('live', 'clinic.yaml'), own);
      const lock = readFileSync(at('voicecell.lock.yaml'), 'utf8');
      writeFileSync(
        at('live', 'voicecell.lock.yaml'),
        lock.replaceAll('digest: null', `digest: sha256:${'a'.repeat(64)}`),
      );
      const { code, out, err } = await finished(
        at('live'),
        [bin('voicecell'), 'deploy', './clinic.yaml', '--yes'],
        NOWHERE,
      );
      expect(code).toBe(2);
      // Under CI the CLI speaks on standard output.
      expect(`${out}${err}`).toContain('Synthesis time');
      expect(templateTexts(at('live', 'cdk.out'))).toHaveLength(templateTexts(at('cdk.out')).length);
    }, 60_000);
  });

  describe("an app of one's own, as docs/using-the-constructs.md writes it", () => {
    const ran = new Map<string, Finished>();

    beforeAll(async () => {
      const page = programsOf('docs/using-the-constructs.md');
      const [region = '', cells = ''] = [page.get('region.ts'), page.get('cells.ts')];
      // One as an ES module, one as CommonJS: both import the same package.
      const programs = { 'region.mts': region, 'cells.ts': cells, 'astray.ts': astray(cells) };
      for (const [name, text] of Object.entries(programs)) writeFileSync(at(name), text);
      writeFileSync(at('tsconfig.json'), JSON.stringify({ compilerOptions: STRICT, files: Object.keys(programs) }));
      const run = async (name: string, command: readonly string[], env = {}): Promise<unknown> =>
        ran.set(name, await finished(folder, command, env));
      await run('types', [bin('tsc')]);
      await Promise.all([
        run('bundler', [bin('tsc'), '--noEmit', '--module', 'Preserve', '--moduleResolution', 'Bundler']),
        run(
          'region',
          [bin('cdk'), 'synth', ...AS_PLAIN, '-o', 'cdk.out.region', '-a', 'node out/region.mjs'],
          UNCHECKED,
        ),
        run('cells', ['node', 'out/cells.js'], { CDK_OUTDIR: 'cdk.out.cells' }),
        run('astray', ['node', 'out/astray.js'], { CDK_OUTDIR: 'cdk.out.astray' }),
      ]);
    }, 120_000);

    test('passes the strict compiler, as Node.js and as bundlers find modules', () => {
      expect(ran.get('types')).toMatchObject({ code: 0, out: '' });
      expect(ran.get('bundler')).toMatchObject({ code: 0, out: '' });
    });

    test('passes the checks of the command', () => {
      expect(ran.get('cells')).toMatchObject({ code: 0 });
      const report = JSON.parse(readFileSync(at('cdk.out.cells', 'validation-report.json'), 'utf8')) as {
        pluginReports: readonly { suppressedViolations: readonly unknown[] }[];
      };
      expect(report.pluginReports.flatMap(({ suppressedViolations }) => suppressedViolations).length).toBeGreaterThan(
        20,
      );
    });

    test('fails them when a subnet cannot be shown to be of the cell', () => {
      const { code, out, err } = ran.get('astray') ?? {};
      expect(code).not.toBe(0);
      expect(`${out}${err}`).toContain('every-hop-inside-its-cell');
      expect(`${out}${err}`).toContain('edge → media');
    });

    test('gets the templates of the command from the CDK CLI', () => {
      expect(ran.get('region')).toMatchObject({ code: 0 });
      expect(templateTexts(at('cdk.out.region'))).toEqual(templateTexts(at('cdk.out')));
    });

    test("and a cell in a stack of its own has the resources of the kit's", () => {
      const cellOf = (assembly: string): Record<string, unknown> =>
        templateTexts(at(assembly))
          .map((text) => JSON.parse(text) as { Resources: Record<string, unknown> })
          .map(({ Resources }) => Resources)
          .find(({ Cluster }) => Cluster) ?? {};
      expect(Object.keys(cellOf('cdk.out.cells'))).toEqual(Object.keys(cellOf('cdk.out')));
      expect(Object.keys(cellOf('cdk.out')).length).toBeGreaterThan(50);
    });
  });

  test('and nothing of all this was written into the package', () => {
    expect(written(kit)).toEqual(before);
  });

  /** Without npx, which takes its second to find the same file. */
  const bin = (name: string): string => at('node_modules', '.bin', name);

  const npx = (...args: readonly string[]): Promise<Finished> =>
    finished(folder, ['npx', '--no-install', 'voicecell', ...args], UNCHECKED);
});

/** The same program with media nodes in a subnet that is only an id, and co-location as its one check. */
function astray(program: string): string {
  const own = "{ ...network.cells[cell.azId]!, mediaSubnetId: 'subnet-0123456789abcdef0' }";
  return program
    .replace('cell, network, records', `cell, records, network: { ...network, cells: { [cell.azId]: ${own} } }`)
    .replace('...checkedPacks(read.inputs.waivers, units).plugins, ', '');
}

/** What no template can show, said by whoever owns the account: `init` leaves it out, and the checks name what is missing. */
function attest(file: string): void {
  const said = ['RES-11', 'RES-12'].map(
    (id) => `  - { id: ${id}, statement: guardrails are attached, by: the platform team, date: '2026-11-26' }`,
  );
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nattestations:\n${said.join('\n')}\n`);
}

/** Without what the CDK CLI adds to templates of its own accord. */
const AS_PLAIN = ['--no-version-reporting', '--no-path-metadata', '--no-asset-metadata', '--quiet'];

/** AWS that does not answer, and nobody's credentials. */
const NOWHERE = {
  ...UNCHECKED,
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_MAX_ATTEMPTS: '1',
};
