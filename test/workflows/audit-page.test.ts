import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/** What the command is made of. */
const PARTS = [
  'aws',
  'bin',
  'compliance',
  'lib',
  'media',
  'preflight',
  'records',
  'regions',
  'supply',
  'cdk.json',
  'package.json',
];

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'voicecell-')));
const clone = path.join(folder, 'clone');
const tools = path.join(folder, 'tools');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });

/** A clone of one deployment, whose last commit takes a waiver away. */
function makeClone(): void {
  for (const part of PARTS) cpSync(path.join(ROOT, part), path.join(clone, part), { recursive: true });
  for (const other of ['brokerage-us', 'europe', 'healthcare-us'])
    rmSync(path.join(clone, 'regions', 'deployments', `${other}.yaml`));
  git('init', '--quiet');
  commit('base');
  const ledger = path.join(clone, 'compliance', 'waivers.yaml');
  const waivers = readFileSync(ledger, 'utf8').split(/\n(?= {2}- rule: )/);
  writeFileSync(ledger, waivers.filter((one) => !one.includes('DynamoDBInBackupPlan')).join('\n'));
  commit('a waiver less');
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--no-gpg-sign', '--message', message);
}

/** Installs what is installed here: a test asks no registry. */
function makeTools(): void {
  mkdirSync(tools);
  const npm = path.join(tools, 'npm');
  writeFileSync(
    npm,
    `#!/bin/sh\n[ "$*" = ci ] && ln -sfn "${path.join(ROOT, 'node_modules')}" node_modules && echo ok >> "${tools}/ran"\n`,
  );
  chmodSync(npm, 0o755);
}

test('the shell block of docs/audit.md audits a change and its base, keeps the reports, and fails for what is worse', () => {
  makeClone();
  makeTools();
  const page = readFileSync(path.join(ROOT, 'docs', 'audit.md'), 'utf8');
  const [, block = ''] = /```bash\n(.*?)```/s.exec(page) ?? [];
  const { status, stderr } = spawnSync('bash', ['-e'], {
    cwd: clone,
    input: block,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${tools}:${process.env['PATH'] ?? ''}`,
      BASE: 'HEAD^1',
      OUT: 'reports',
      NODE_ENV: '',
    },
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.not.stringMatching(/error/i) as unknown });
  const out = path.join(clone, 'reports');
  for (const file of ['posture.json', 'posture.sarif', 'posture.html', 'posture.junit.xml'])
    expect(existsSync(path.join(out, file))).toBe(true);
  const diff = readFileSync(path.join(out, 'diff.md'), 'utf8');
  expect(diff).toMatch(/^### Posture: 1 worse, /m);
  expect(diff).toContain('DynamoDBInBackupPlan');
  expect(readFileSync(path.join(tools, 'ran'), 'utf8')).toBe('ok\nok\n');
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
});
