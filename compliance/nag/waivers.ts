import path from 'node:path';
import { z } from 'zod';
import { formatProblem } from '../../regions/config/problem';
import { findingsOf } from '../../regions/config/shape';
import { readYamlFile } from '../../regions/config/yaml-file';

const waiverSchema = z.strictObject({
  /** Qualified id as the report prints it: `AwsSolutions::AwsSolutions-IAM5`. */
  rule: z.string().regex(/^[\w.-]+::[\w.-]+$/, 'a qualified id such as AwsSolutions::AwsSolutions-IAM5'),
  /** Granular findings of the rule (`Resource::<Vault.Arn>/*`), as globs; a literal star is written `\\*`. */
  findings: z.array(z.string().min(1)).min(1).optional(),
  /** Construct paths below the region's stage, as globs: `*` within a level, `**` over levels. */
  scope: z.array(z.string().min(1)).min(1),
  reason: z.string().regex(/^.{20,}$/s, 'a reason of twenty characters or more'),
  owner: z.string().regex(/^\S+$/, 'who answers for it, in one word'),
  expires: z.iso.date(),
});

const ledgerSchema = z.strictObject({ waivers: z.array(waiverSchema) });

/** An entry of the ledger: what is waived where, why, by whom, and until which day (ISO date, that day included). */
export type Waiver = z.infer<typeof waiverSchema>;

export type Ledger =
  | { readonly ok: true; readonly waivers: readonly Waiver[] }
  | { readonly ok: false; readonly problems: readonly string[] };

export interface Finding {
  readonly plugin: string;
  /** Rule with its granular part, if any: `AwsSolutions-IAM5[Resource::*]`. */
  readonly rule: string;
  /** Construct path below the stage, without `Default`, an id that adds nothing to logical ids either. */
  readonly place: string;
}

const LEDGER = path.join(__dirname, '..', 'waivers.yaml');

/** Reads the ledger, or says line by line what is wrong with it. */
export function readWaivers(file = LEDGER): Ledger {
  const yaml = readYamlFile(file);
  if (!yaml.ok) return { ok: false, problems: yaml.problems.map(formatProblem) };
  const parsed = ledgerSchema.safeParse(yaml.value);
  if (parsed.success) return { ok: true, waivers: parsed.data.waivers };
  const findings = findingsOf(ledgerSchema, yaml.value, parsed.error.issues);
  return { ok: false, problems: findings.map((finding) => formatProblem(yaml.problem(finding))) };
}

/** The waiver that covers a finding, or undefined. Pure: whether it has expired is asked with a date, elsewhere. */
export function waiverFor(waivers: readonly Waiver[], finding: Finding): Waiver | undefined {
  const { id, detail } = split(finding.rule);
  return waivers.find(
    (waiver) =>
      waiver.rule === `${finding.plugin}::${id}` &&
      waiver.scope.some((scope) => matches(scope, finding.place)) &&
      (detail === undefined ? !waiver.findings : (waiver.findings ?? []).some((glob) => matches(glob, detail))),
  );
}

/** The text that the validation report shows beside a waived finding. */
export const auditTrail = (waiver: Waiver): string =>
  `${waiver.reason} (owner=${waiver.owner} expires=${waiver.expires})`;

/** Waivers whose last day is before `today` (ISO date): a waiver is a promise to come back. */
export const expiredWaivers = (waivers: readonly Waiver[], today: string): readonly Waiver[] =>
  waivers.filter((waiver) => waiver.expires < today);

function split(rule: string): { id: string; detail?: string } {
  const bracket = rule.indexOf('[');
  return bracket < 0 ? { id: rule } : { id: rule.slice(0, bracket), detail: rule.slice(bracket + 1, -1) };
}

function matches(glob: string, text: string): boolean {
  return new RegExp(
    `^${glob
      .split(/(\\\*|\*\*|\*)/)
      .map(toPattern)
      .join('')}$`,
  ).test(text);
}

function toPattern(part: string): string {
  if (part === '**') return '.*';
  if (part === '*') return '[^/]*';
  return part === String.raw`\*` ? part : part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}
