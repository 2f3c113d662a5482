import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run, type AuditDoor } from '../../bin/commands/audit';
import type { Posture } from '../../compliance/audit/posture';
import { readPosture } from '../../compliance/audit/read-posture';

const STRANGERS = path.join(__dirname, '..', 'compliance', 'templates', 'strangers');
const SIP = path.join(STRANGERS, 'sip-on-ec2.yaml');

const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-audit-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const DOOR: AuditDoor = { now: new Date('2026-11-26T12:00:00Z'), screen: { width: 80, colour: false }, client: {} };

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function audit(...args: readonly string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, { out: (text) => out.push(text), err: (text) => err.push(text) }, DOOR);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const fileIn = (name: string): string => path.join(folder, name);

function postureIn(name: string): Posture {
  const read = readPosture(readFileSync(fileIn(name), 'utf8'));
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.posture;
}

describe('mistakes are told all at once, a line each, before anything is read', () => {
  test.each([
    [[], 'name a deployment (brokerage-us, europe, healthcare-us, sandbox), or --template'],
    [['--framework', 'hippa', '--template', SIP], '--framework: got hippa, allowed hipaa'],
    [['--all', '--template', SIP], 'got deployments and --template, allowed one of them'],
    [['--template', SIP, 'sandbox', '--jurisdiction', 'US'], 'sandbox'],
    [['--template', SIP, '--region', 'mars-1'], '--region: got mars-1, allowed a region of the catalogue'],
    [['--template', SIP, '--live'], '--live: got --template, allowed a deployment'],
    [['--template', SIP, '--store'], '--store: got no deployment'],
    [['sandbox', '--format', 'json,html'], '--format: got json, html, allowed one, or several with --out DIR'],
    [['sandbox', '--diff-out', 'x.md'], '--diff-out: got no --baseline'],
    [['sandbox', '--jurisdiction', 'US'], '--jurisdiction: a deployment’s file says it'],
    [['sandbox', '--profile', 'prod'], '--profile and --role-arn: allowed with --live or --store'],
    [['sandbox', '--region', 'eu-west-1'], '--region: got eu-west-1, allowed us-east-1'],
    [['--template', SIP, '--parameter', 'Environment'], '--parameter: got Environment, allowed Name=Value'],
    [['sandbox', '--baseline', fileIn('none.json')], 'allowed a file that can be read'],
    [['nowhere'], 'got deployment nowhere, allowed brokerage-us'],
    [['--template', fileIn('none.yaml'), '--jurisdiction', 'US'], 'none.yaml'],
    [['--nonsense'], 'voicecell audit --help lists the options'],
  ])('%j', async (args, line) => {
    const { code, out, err } = await audit(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(line);
    expect(err).not.toContain('    at ');
  });

  test('several of them are several lines', async () => {
    const { err } = await audit('sandbox', '--framework', 'x', '--format', 'y', '--fail-on', 'z');
    expect(err.split('\n').length).toBeGreaterThanOrEqual(3);
  });
});

describe('anybody’s template', () => {
  test('needs a jurisdiction that it lies in, and is told how to say it', async () => {
    const { code, err } = await audit('--template', SIP);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^--jurisdiction: got none, .*add --jurisdiction, or --region/s),
    ]);
  });

  test('is judged in the jurisdiction of its region, and fails for what is unmet', async () => {
    const { code } = await audit('--template', SIP, '--region', 'eu-central-1', '--format', 'json', '--out', folder);
    const { inputs, findings, summary } = postureIn('posture.json');
    expect(code).toBe(1);
    expect(inputs.mode).toBe('template');
    expect(inputs.units[0]?.frameworks).toEqual(['hipaa', 'finra', 'soc2']);
    expect(inputs.units[0]?.allowedRegions).toContain('eu-central-1');
    expect(inputs.files).toEqual([
      { path: expect.stringContaining('sip-on-ec2.yaml'), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(summary.unmet).toBeGreaterThan(0);
    expect(findings.find(({ resource }) => resource !== undefined)?.location?.file).toContain('sip-on-ec2.yaml');
  });

  test('is held to the frameworks that are asked for only', async () => {
    const { out } = await audit('--template', SIP, '--jurisdiction', 'US', '--framework', 'soc2', '--format', 'json');
    const { findings } = JSON.parse(out) as Posture;
    expect(new Set(findings.flatMap(({ framework }) => framework))).not.toContain('hipaa');
  });

  test('against its own posture nothing is worse, and a lowered lock is', async () => {
    const template = fileIn('vault.json');
    const locked = (days: number) =>
      writeFileSync(
        template,
        JSON.stringify({
          Resources: {
            Vault: {
              Type: 'AWS::S3::Bucket',
              Properties: {
                ObjectLockEnabled: true,
                ObjectLockConfiguration: {
                  ObjectLockEnabled: 'Enabled',
                  Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: days } },
                },
                Tags: [{ Key: 'voicecell:data-class', Value: 'recording' }],
              },
            },
          },
        }),
      );
    const asked = ['--template', template, '--region', 'us-east-1', '--framework', 'finra'];
    locked(1096);
    await audit(...asked, '--format', 'json', '--out', folder);
    const baseline = fileIn('posture.json');
    expect((await audit(...asked, '--baseline', baseline)).code).toBe(0);
    locked(1095);
    const { code, out } = await audit(...asked, '--baseline', baseline, '--diff-out', fileIn('diff.md'));
    expect(code).toBe(1);
    expect(out).toContain('REC-02');
    expect(readFileSync(fileIn('diff.md'), 'utf8')).toContain('REC-02');
  });

  test('a posture that somebody has changed is no baseline', async () => {
    const forged = fileIn('forged.json');
    await audit('--template', SIP, '--region', 'us-east-1', '--format', 'json', '--out', folder);
    writeFileSync(forged, readFileSync(fileIn('posture.json'), 'utf8').replace('"status": "unmet"', '"status": "met"'));
    const { code, err } = await audit('--template', SIP, '--region', 'us-east-1', '--baseline', forged);
    expect([code, err]).toEqual([2, expect.stringContaining('sha256: got another digest')]);
  });
});

describe('a deployment', () => {
  test('of which one region is asked for is judged whole, and shows that region', async () => {
    const { code, out } = await audit('healthcare-us', '--region', 'us-west-2', '--format', 'json');
    const { findings } = JSON.parse(out) as Posture;
    expect(code).toBe(0);
    expect(new Set(findings.flatMap(({ region }) => region ?? []))).toEqual(new Set(['us-west-2']));
  });

  test('names what it rests on, wherever one stands', async () => {
    const { out } = await audit('sandbox', '--format', 'json');
    const { inputs } = JSON.parse(out) as Posture;
    const paths = inputs.files.map(({ path: file }) => file);
    expect(paths).toEqual(
      expect.arrayContaining([
        'regions/deployments/sandbox.yaml',
        'regions/lock.yaml',
        'compliance/waivers.yaml',
        'sandbox/us-east-1/records.template.json',
      ]),
    );
  });

  test('is not compared with a posture of something else', async () => {
    await audit('--template', SIP, '--region', 'us-east-1', '--format', 'json', '--out', folder);
    const { code, err } = await audit('sandbox', '--baseline', fileIn('posture.json'));
    expect([code, err]).toEqual([2, '--baseline: got a posture of templates, allowed one of sandbox, change it']);
  });

  test('is clean as shipped, with every format beside each other', async () => {
    const { code, out } = await audit('sandbox', '--format', 'text,json,html,sarif,oscal,junit', '--out', folder);
    const { inputs, summary, findings } = postureIn('posture.json');
    expect(code).toBe(0);
    expect(out.match(/^written: /gm)).toHaveLength(6);
    expect([inputs.mode, summary.unmet, summary.indeterminate]).toEqual(['deployment', 0, 0]);
    expect(findings.some(({ control }) => control.startsWith('AwsSolutions::'))).toBe(true);
    expect(findings.find(({ constructPath }) => constructPath?.startsWith('sandbox/us-east-1/records/'))).toBeDefined();
  });

  test('prints the policy its account has to grant, without a way to read a recording', async () => {
    const { code, out } = await audit('sandbox', '--policy');
    const { Statement } = JSON.parse(out) as { Statement: { Sid: string; Action: string[]; Resource: unknown }[] };
    expect(code).toBe(0);
    const actions = Statement.flatMap(({ Action }) => Action);
    expect(actions).not.toContain('kms:Decrypt');
    expect(actions.filter((action) => !/:(Get|List|Describe|Head|View|BatchGet|Search)/.test(action))).toEqual([]);
    const objects = Statement.find(
      ({ Action }) => Action.includes('s3:GetObject') || Action.includes('s3:GetObjectVersion'),
    );
    expect(objects?.Resource).toEqual(
      expect.arrayContaining([expect.stringMatching(/^arn:aws:s3:::sandbox-us-east-1-recordings-/)]),
    );
  });
});
