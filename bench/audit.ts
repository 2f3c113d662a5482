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

interface Pair {
  readonly voicecell: number;
  readonly cfnLint: number;
}

export interface AuditBench extends AuditLiveBench {
  /**
   * Per template, amortised over the same 100 in one process each: strangers' and the sandbox's own, again and again. The start
   * of the process, its imports, the loading of rules and a first pass, in which engines compile and fill their stores, are left
   * out of both.
   */
  readonly timesFasterThanCfnLint: number;
  /** The same over that first pass of either. */
  readonly timesFasterFirstPass: number;
  readonly millisecondsPerTemplate: Pair;
  /** The same processes from start to exit, two passes each. */
  readonly timesFasterStartToExit: number;
  /** Wall time of each over the 100 taken twice. */
  readonly secondsStartToExit: Pair;
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

const perTemplate = (seconds: number): number => rounded((seconds * 1000) / TEMPLATES, 3);

/** What an audit of templates costs, beside cfn-lint, and what one of an account asks and finds. */
export function benchAudit(): AuditBench {
  const { ours, peer, checks, findings } = inTemporaryFolder(besideCfnLint);
  const thirty = inTemporaryFolder(ofThirtyRegions);
  const { seconds, cpuSeconds, ...thirtyRegionsHold } = thirty;
  return {
    timesFasterThanCfnLint: rounded(peer.seconds / ours.seconds, 1),
    timesFasterFirstPass: rounded(peer.firstPassSeconds / ours.firstPassSeconds, 1),
    millisecondsPerTemplate: { voicecell: perTemplate(ours.seconds), cfnLint: perTemplate(peer.seconds) },
    timesFasterStartToExit: rounded(peer.startToExit / ours.startToExit, 1),
    secondsStartToExit: { voicecell: rounded(ours.startToExit), cfnLint: rounded(peer.startToExit) },
    checksPerSecond: Math.round(checks),
    findingsPerSecond: Math.round(findings),
    thirtyRegions: rounded(seconds),
    thirtyRegionsCpu: rounded(cpuSeconds),
    thirtyRegionsHold,
    ...benchAuditLive(),
  };
}

/** The two take turns, so that whatever else the machine does falls on both. */
function besideCfnLint(folder: string): Compared {
  fill(folder);
  const ours: (Took & Hundred)[] = [];
  const peers: Took[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    peers.push(cfnLint(folder));
    const { wallMs, said } = child('audit-templates.ts', folder);
    ours.push({ ...(said as Hundred), startToExit: wallMs / 1000 });
  }
  const each = (rate: (one: Hundred) => number): number => median(ours.map((one) => rate(one) / one.seconds));
  return {
    ours: middle(ours),
    peer: middle(peers),
    checks: each(({ resources }) => resources * CONTROLS.length),
    findings: each(({ findings }) => findings),
  };
}

interface Compared {
  readonly ours: Took;
  readonly peer: Took;
  readonly checks: number;
  readonly findings: number;
}

/** Seconds: over the templates alone, the second time and the first, and of the whole process. */
interface Took {
  readonly seconds: number;
  readonly firstPassSeconds: number;
  readonly startToExit: number;
}

const middle = (runs: readonly Took[]): Took => ({
  seconds: median(runs.map(({ seconds }) => seconds)),
  firstPassSeconds: median(runs.map(({ firstPassSeconds }) => firstPassSeconds)),
  startToExit: median(runs.map(({ startToExit }) => startToExit)),
});

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

/** By its own library, in one process. */
function cfnLint(folder: string): Took {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync('python3', [path.join(CHILDREN, 'cfn-lint.py'), folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cfn-lint 1.x is not installed for python3, or did not run:\n${stderr}`);
  const passes = JSON.parse(stdout) as Omit<Took, 'startToExit'>;
  return { ...passes, startToExit: (performance.now() - started) / 1000 };
}

interface Hundred {
  readonly seconds: number;
  readonly firstPassSeconds: number;
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
