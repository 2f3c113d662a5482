import path from 'node:path';
import { z } from 'zod';
import { formatProblem } from '../../regions/config/problem';
import { findingsOf } from '../../regions/config/shape';
import { readYamlFile } from '../../regions/config/yaml-file';

const waiverSchema = z.strictObject({
  /** Qualified id as the report prints it: `AwsSolutions::AwsSolutions-IAM5`. */
  /** A rule of a pack of others, or a control of ours, which is waived in every pack that asks for it. */
  rule: z
    .string()
    .regex(
      /^([\w.-]+::[\w.-]+|[A-Z]{3}-\d{2})$/,
      'a qualified id such as AwsSolutions::AwsSolutions-IAM5, or a control such as AVL-03',
    ),
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

/** The waivers of a file, or every problem of it: one line each, with its place. */
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

/** The ledger that ships with the kit. */
export const LEDGER = path.join(__dirname, '..', 'waivers.yaml');

/**
 * Reads the ledger, or says line by line what is wrong with it.
 * @param file default the ledger that ships with the kit
 */
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
      isOf(waiver, finding.plugin, id) &&
      waiver.scope.some((scope) => matches(scope, finding.place)) &&
      (detail === undefined ? !waiver.findings : (waiver.findings ?? []).some((glob) => matches(glob, detail))),
  );
}

/** The text that the validation report shows beside a waived finding. */
export const auditTrail = (waiver: Waiver): string =>
  `${waiver.reason} (owner=${waiver.owner} expires=${waiver.expires})`;

/** Id of the control that a rule names, by itself or as a rule of one of our packs; undefined for the rules of others. */
export const controlOf = (rule: string): string | undefined =>
  /^(?:Voicecell\w+::Voicecell\w+-)?([A-Z]{3}-\d{2})$/.exec(rule)?.[1];

const isOf = ({ rule }: Waiver, plugin: string, id: string): boolean =>
  rule === `${plugin}::${id}` || (!rule.includes('::') && controlOf(`${plugin}::${id}`) === rule);

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
