import type { RegionPlan } from '../../regions/plan/types';
import type { LedgerProblem } from '../nag/ledger';
import type { CheckedFinding, SynthEvidence } from './evidence';

export interface StackSummary {
  readonly name: string;
  readonly region: string;
  readonly resources: number;
}

export interface RegionSummary {
  /** Rules that applied to a resource and held. */
  readonly met: number;
  readonly plan: RegionPlan;
  readonly stacks: readonly StackSummary[];
  readonly findings: readonly CheckedFinding[];
  readonly waived: number;
}

export interface SynthSummary {
  readonly regions: readonly RegionSummary[];
  /** Findings that fail the synthesis; warnings are counted apart. */
  readonly failures: readonly CheckedFinding[];
  readonly warnings: number;
  readonly met: number;
  readonly waived: number;
  /** Waivers that are findings themselves. */
  readonly ledger: readonly LedgerProblem[];
  /** What the deployments rested on until a day that is over, a line each. */
  readonly ended: readonly string[];
  readonly outdir: string;
}

const FAILING: ReadonlySet<string> = new Set(['error', 'fatal']);

export interface SynthInput {
  readonly plans: readonly RegionPlan[];
  readonly evidence: SynthEvidence;
  /** How often a rule held, by construct path. */
  readonly met: ReadonlyMap<string, number>;
  readonly ledger: readonly LedgerProblem[];
  readonly ended: readonly string[];
}

/** What a person wants to know after a synthesis. Pure. */
export function summarise({ plans, evidence, met, ledger, ended }: SynthInput): SynthSummary {
  const failures = evidence.findings.filter((finding) => FAILING.has(finding.severity));
  return {
    regions: plans.map((plan) => regionSummary(plan, evidence, met)),
    failures,
    warnings: evidence.findings.length - failures.length,
    met: metBelow(met, ''),
    waived: evidence.waived.length,
    ledger,
    ended,
    outdir: evidence.outdir,
  };
}

/** How much fails the synthesis. */
export const findingCount = ({ failures, ledger, ended }: SynthSummary): number =>
  failures.length + ledger.length + ended.length;

export const isClean = (summary: SynthSummary): boolean => findingCount(summary) === 0;

function regionSummary(plan: RegionPlan, evidence: SynthEvidence, met: ReadonlyMap<string, number>): RegionSummary {
  const prefix = `${plan.deployment}/${plan.region}/`;
  const mine = <T extends { readonly constructPath: string }>(items: readonly T[]): readonly T[] =>
    items.filter((item) => item.constructPath.startsWith(prefix));
  return {
    plan,
    stacks: evidence.stacks
      .filter((stack) => stack.path.startsWith(prefix))
      .map((stack) => ({
        name: stack.path.slice(prefix.length),
        region: stack.region,
        resources: Object.keys(stack.template.Resources ?? {}).length,
      })),
    met: metBelow(met, prefix),
    findings: mine(evidence.findings).filter((finding) => FAILING.has(finding.severity)),
    waived: mine(evidence.waived).length,
  };
}

const metBelow = (met: ReadonlyMap<string, number>, prefix: string): number =>
  [...met].filter(([path]) => path.startsWith(prefix)).reduce((sum, [, count]) => sum + count, 0);
