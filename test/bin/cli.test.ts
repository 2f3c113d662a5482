import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deploymentYaml, regionConfig, yamlFile } from '../support/config';

const CLI = path.join(__dirname, '..', '..', 'bin', 'voicecell');

/** A person's shell, somewhere else than in the clone. */
function voicecell(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const child = spawnSync(CLI, args, { cwd: tmpdir(), encoding: 'utf8', env: { ...process.env, NODE_ENV: '' } });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$/m;

const COMMANDS = readdirSync(path.join(path.dirname(CLI), 'commands')).map((file) => path.parse(file).name);

test('without a command it says what there is, and that nothing ran', () => {
  const { code, out } = voicecell();
  expect(code).toBe(2);
  for (const command of COMMANDS) expect(out).toContain(`  ${command} `);
  expect(voicecell('help').code).toBe(0);
});

test.each([
  ['an unknown command', ['sinth'], 'got command sinth, allowed init, synth, plan'],
  ['a command named like a property of objects', ['constructor'], 'got command constructor'],
  ['an unknown option', ['plan', 'sandbox', '--jsno'], '--jsno: got an option that is not known, allowed --'],
  ['no deployment', ['plan'], 'name one deployment: brokerage-us, europe, healthcare-us, sandbox'],
  ['an unknown deployment', ['synth', 'sanbox'], 'got deployment sanbox, allowed brokerage-us'],
  ['a region the deployment does not have', ['deploy', 'sandbox', '--region', 'eu-west-1'], 'allowed us-east-1'],
  ['an unknown instance type', ['regions', '--gpu', 'g99.large'], 'g99.large'],
  ['a file that is not there', ['plan', 'nowhere.yaml'], 'nowhere.yaml'],
])('%s is one line and exit 2', (_, args, line) => {
  const { code, err } = voicecell(...args);
  expect(code).toBe(2);
  expect(err).toContain(line);
  expect(err).not.toMatch(STACK_TRACE);
});

test.each(COMMANDS)('%s --help says how it is used', (command) => {
  const { code, out } = voicecell(command, '--help');
  expect(code).toBe(0);
  expect(out).toContain(`usage: voicecell ${command}`);
});

test('help and a command says the same', () => {
  expect(voicecell('help', 'init')).toEqual(voicecell('init', '--help'));
});

test('two files of one deployment are told apart, or not synthesised at all', () => {
  const { code, err } = voicecell('synth', 'sandbox', 'sandbox');
  expect(code).toBe(2);
  expect(err).toContain('got deployment sandbox, which');
  expect(err).not.toMatch(STACK_TRACE);
});

test('a reader who has seen enough may close the pipe', () => {
  const child = spawnSync('/bin/sh', ['-c', `"${CLI}" plan europe --json | head -n 1; echo done`], {
    encoding: 'utf8',
  });
  expect(child.stdout).toBe('[\ndone\n');
  expect(child.stderr).toBe('');
});

test('a place that is no folder is refused before anything is built', () => {
  const file = yamlFile('');
  expect(voicecell('synth', 'sandbox', '--out', file)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--out: got'),
  });
});

test('the CDK CLI lists the stacks as <deployment>/<region>/<stack>', () => {
  const root = path.join(__dirname, '..', '..');
  const child = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'ls', '-c', 'deployment=sandbox'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_ENV: '',
      CDK_VALIDATION: 'false',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_OUTDIR: undefined,
    },
  });
  const stacks = child.stdout.split('\n').map((line) => line.split(' ')[0]);
  expect(stacks).toEqual(
    expect.arrayContaining(
      ['copies', 'records', 'network', 'cell-use1-az1', 'watch', 'guard'].map((stack) => `sandbox/us-east-1/${stack}`),
    ),
  );
  expect(child.status).toBe(0);
}, 60_000);

test('deploying an example is refused before anything is built, with every reason', () => {
  const { code, out, err } = voicecell('deploy', 'healthcare-us');
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('healthcare-us/us-east-1: account 123456789012 is a documentation id');
  expect(err).toContain('healthcare-us/us-west-2: image vllm/vllm-openai:v0.24.0-cu129 is unlocked');
});

test('a plan as JSON is the plan and nothing else', () => {
  const { code, out } = voicecell('plan', 'sandbox', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject([{ formatVersion: 1, deployment: 'sandbox', region: 'us-east-1' }]);
});

test('every problem of a file is told at once, each on one line with its place, and no template is written', () => {
  const region = {
    ...regionConfig(),
    peakConcurrentCalls: 0,
    vpcCidr: '8.8.8.0/24',
    cells: { azIds: ['euw1-az1', 'use1-az4'] },
  };
  const file = yamlFile(deploymentYaml({ jurisdiction: 'MARS', regions: { 'us-east-1': region } }));
  const out = path.join(mkdtempSync(path.join(tmpdir(), 'voicecell-')), 'cdk.out');
  const { code, err } = voicecell('synth', file, '--out', out);
  expect(code).toBe(2);
  const lines = err.trim().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(4);
  for (const line of lines) expect(line).toMatch(/demo\.yaml:\d+:\d+ .*got .*, allowed .*, change /);
  expect(existsSync(out)).toBe(false);
});

test('the plan of a deployment reads in a terminal of 80 columns, image names aside', () => {
  const wide = voicecell('plan', 'sandbox')
    .out.split('\n')
    .filter((line) => line.length > 80);
  expect(wide.filter((line) => !line.includes('ghcr.io/') && !line.includes('docker'))).toEqual([]);
});
