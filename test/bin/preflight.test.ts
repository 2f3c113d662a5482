import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_LOCK } from '../../bin/inputs';
import { run, type PreflightDoor } from '../../bin/commands/preflight';
import type { FactSource } from '../../preflight/facts/source';
import { known } from '../../aws/answer';
import type { Verdict } from '../../preflight/verdict';
import type { RegionFacts } from '../../preflight/facts/facts';
import { accountFacts, NOW, regionFacts, silent } from '../preflight/facts';
import { ran } from '../support/command';
import { deploymentYaml, yamlFile } from '../support/config';

const ACCOUNT = '210987654321';

// The builder of facts answers for other sizes than this deployment's.
const plenty = known(10_000);
const types = new Set(['c7i.large', 'c7i.2xlarge', 'g6.2xlarge', 'g6e.2xlarge']);
const ample: Partial<RegionFacts> = {
  quotas: { standard: plenty, graphics: plenty, parallel: plenty, elasticIps: plenty, vpcs: plenty },
  offerings: known(new Map(['use1-az4', 'use1-az6'].map((azId) => [azId, types]))),
};
const caller = { account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/me` };
const regions = known(new Map(['us-east-1', 'us-east-2'].map((region) => [region, true])));

const door = (region: Partial<RegionFacts>, source: Partial<FactSource> = {}): PreflightDoor => ({
  now: NOW,
  source: () => ({
    caller: () => Promise.resolve(known(caller)),
    account: () => Promise.resolve(accountFacts({ caller, regions })),
    region: () => Promise.resolve(regionFacts({ ...ample, ...region })),
    ...source,
  }),
});

/** A deployment that nothing refuses: an account of its own, and every image locked. */
function deployable(): string {
  const file = yamlFile(deploymentYaml().replaceAll('123456789012', ACCOUNT));
  const lock = readFileSync(path.join(__dirname, '..', '..', 'regions', 'lock.yaml'), 'utf8');
  const locked = lock.replaceAll('digest: null', `digest: sha256:${'a'.repeat(64)}`);
  writeFileSync(path.join(path.dirname(file), OWN_LOCK), locked);
  return file;
}

const file = deployable();
const asked = (opened: PreflightDoor, ...args: readonly string[]) =>
  ran((given, io) => run(given, io, opened), file, ...args);

const vpcs = known({ ours: 0, others: 10_000 });

test.each<[what: string, facts: Partial<RegionFacts>, code: number, summary: RegExp]>([
  ['all ok, or made later', {}, 0, /^1 later, \d+ ok$/m],
  ['something nobody can tell', { elasticIps: silent }, 2, /^1 cannot tell, 1 later, \d+ ok$/m],
  ['something that will fail', { vpcs }, 1, /^1 will fail, 1 later, \d+ ok$/m],
  ['both', { vpcs, elasticIps: silent }, 1, /^1 will fail, 1 cannot tell, 1 later, \d+ ok$/m],
])('%s', async (_, facts, code, summary) => {
  const { out, ...rest } = await asked(door(facts));
  expect(rest).toEqual({ code, err: '' });
  expect(out).toMatch(summary);
});

test('a plan that deploying commands refuse will fail, whatever the account says', async () => {
  const refused = yamlFile(deploymentYaml());
  const { code, out } = await ran((given, io) => run(given, io, door({})), refused);
  expect(code).toBe(1);
  expect(out).toMatch(/^plan +will fail$/m);
  expect(out).toContain('account 123456789012 is a documentation id');
});

test('commands name the file that was given', async () => {
  const { out } = await asked(door({ missingWeights: known(undefined) }));
  expect(out).toContain(file);
  expect(out.replaceAll(/ \\\n\s+/g, ' ')).toContain(`voicecell weights stage ${file}`);
});

test('--json says every verdict, the ok ones too', async () => {
  const { code, out } = await asked(door({ vpcs: silent }), '--json');
  const { verdicts } = JSON.parse(out) as { readonly verdicts: readonly Verdict[] };
  expect(code).toBe(2);
  expect(verdicts.filter(({ state }) => state !== 'ok')).toMatchObject([
    { check: 'VPCs', region: 'us-east-1', state: 'cannot tell', found: silent.why, remedy: silent.remedy },
    { check: 'SIP zone', state: 'later' },
  ]);
  expect(verdicts.length).toBeGreaterThan(15);
});

test('without credentials it is one line and exit 2', async () => {
  const why = 'us-east-1 takes no such credentials: CredentialsProviderError: Could not load credentials';
  const nobody = () =>
    Promise.resolve({ known: false as const, action: 'sts:GetCallerIdentity', why, remedy: 'sign in' });
  const { code, out, err } = await asked(door({}, { caller: nobody }));
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `cannot ask AWS: ${why}; sign in` });
});

test('--policy asks nothing and prints a policy', async () => {
  const opened: PreflightDoor = {
    now: NOW,
    source: () => {
      throw new Error('asked');
    },
  };
  const { code, out } = await asked(opened, '--policy');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ Version: '2012-10-17' });
});

test.each([
  ['no deployment', [], 'name one deployment: '],
  ['two deployments', ['sandbox', 'europe'], 'name one deployment: '],
  ['an unknown deployment', ['sanbox'], 'got deployment sanbox'],
  ['an unknown region', ['sandbox', '--region', 'eu-west-1'], '--region: got eu-west-1, allowed us-east-1'],
  ['an unknown option', ['sandbox', '--polcy'], '--polcy: got an option that is not known, allowed --'],
])('%s is refused before anything is asked', async (_, args, line) => {
  const { code, out, err } = await ran((given, io) => run(given, io, door({})), ...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.split('\n')[0]).toContain(line);
});
