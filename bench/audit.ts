import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compose } from '../bin/compose';
import { CONTROLS } from '../compliance/controls/catalogue';
import { kitEvidence } from '../test/support/kit-evidence';
import { benchAuditLive, type AuditLiveBench } from './audit-live';
import { median, rounded, timed } from './cold-run';
import { syntheticPlans } from './synthetic-plans';
import { inTemporaryFolder } from './temporary';

const RUNS = 3;
const TEMPLATES = 100;
const REGIONS = 30;
const CHILDREN = path.join(__dirname, 'children');
const STRANGERS = path.join(__dirname, '..', 'test', 'compliance', 'templates', 'strangers');

export interface AuditBench extends AuditLiveBench {
  /** One process each over the same 100 templates, from start to exit: strangers' and the sandbox's own, again and again. */
  readonly timesFasterThanCfnLint: number;
  /** Wall time of each, seconds. */
  readonly seconds: { readonly voicecell: number; readonly cfnLint: number };
  /** Resources of these templates, each asked about by every control, a second; reading included, the process's start not. */
  readonly checksPerSecond: number;
  /** Of these, the ones that come to a finding. */
  readonly findingsPerSecond: number;
  /** The posture of an assembly of 30 regions of three cells, from its files to its seal, seconds. */
  readonly thirtyRegions: number;
  /** The same in time on processors, which other work on the machine hardly moves. */
  readonly thirtyRegionsCpu: number;
  readonly thirtyRegionsHold: { readonly stacks: number; readonly resources: number; readonly findings: number };
}

/** What an audit of templates costs, beside cfn-lint, and what one of an account asks and finds. */
export function benchAudit(): AuditBench {
  const { ours, peer, checks, findings } = inTemporaryFolder(besideCfnLint);
  const thirty = inTemporaryFolder(ofThirtyRegions);
  const { seconds, cpuSeconds, ...thirtyRegionsHold } = thirty;
  return {
    timesFasterThanCfnLint: rounded(peer / ours, 1),
    seconds: { voicecell: rounded(ours), cfnLint: rounded(peer) },
    checksPerSecond: Math.round(checks),
    findingsPerSecond: Math.round(findings),
    thirtyRegions: rounded(seconds),
    thirtyRegionsCpu: rounded(cpuSeconds),
    thirtyRegionsHold,
    ...benchAuditLive(),
  };
}

/** The two take turns, so that whatever else the machine does falls on both. */
function besideCfnLint(folder: string): Readonly<Record<'ours' | 'peer' | 'checks' | 'findings', number>> {
  fill(folder);
  const ours: number[] = [];
  const peers: number[] = [];
  const checks: number[] = [];
  const findings: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    peers.push(cfnLint(folder));
    const { wallMs, said: answer } = child('audit-templates.ts', folder);
    const said = answer as Hundred;
    ours.push(wallMs / 1000);
    checks.push((said.resources * CONTROLS.length) / said.seconds);
    findings.push(said.findings / said.seconds);
  }
  return { ours: median(ours), peer: median(peers), checks: median(checks), findings: median(findings) };
}

function fill(folder: string): void {
  const strangers = readdirSync(STRANGERS).filter((file) => path.extname(file) !== '');
  const own = kitEvidence(['sandbox']).flatMap(({ evidence }) => evidence.set.stacks.map(({ body }) => body));
  const all = [...strangers, ...own];
  for (let index = 0; index < TEMPLATES; index += 1) {
    const one = all[index % all.length] ?? '';
    const name = path.join(folder, String(index).padStart(3, '0'));
    if (typeof one === 'string') copyFileSync(path.join(STRANGERS, one), `${name}${path.extname(one)}`);
    else writeFileSync(`${name}.json`, JSON.stringify(one));
  }
}

/** Seconds. It ends with another status than 0, for it has things to say of these templates. */
function cfnLint(folder: string): number {
  const started = performance.now();
  const args = [
    '--format',
    'json',
    '--regions',
    'us-east-1',
    '--',
    ...readdirSync(folder).map((file) => path.join(folder, file)),
  ];
  const { stdout, stderr } = spawnSync('cfn-lint', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (!stdout?.startsWith('[')) throw new Error(`cfn-lint 1.x is not installed, or did not run:\n${stderr}`);
  return (performance.now() - started) / 1000;
}

interface Hundred {
  readonly seconds: number;
  readonly resources: number;
  readonly findings: number;
}

interface Thirty {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly stacks: number;
  readonly resources: number;
  readonly findings: number;
}

function ofThirtyRegions(folder: string): Thirty {
  // Regions that do not exist lie in no partition: what the checks find is not what is measured.
  const context = { '@aws-cdk/core:failSynthOnValidationErrors': false };
  compose({ plans: syntheticPlans(REGIONS), waivers: [] }, { outdir: folder, context, autoSynth: false }).app.synth();
  const runs = Array.from({ length: RUNS }, () => child('audit-thirty.ts', folder, String(REGIONS)).said as Thirty);
  const seconds = median(runs.map((run) => run.seconds));
  const [first] = runs;
  if (!first) throw new Error('nothing was measured');
  return { ...first, seconds, cpuSeconds: median(runs.map((run) => run.cpuSeconds)) };
}

function child(file: string, ...args: readonly string[]): { readonly wallMs: number; readonly said: unknown } {
  const { wallMs, stdout } = timed(process.execPath, ['--import', 'tsx', path.join(CHILDREN, file), ...args]);
  return { wallMs, said: JSON.parse(stdout) };
}
