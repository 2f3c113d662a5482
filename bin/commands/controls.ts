import { AUDIT_CONTROLS, type AuditControl } from '../../compliance/audit/audit-controls';
import { CONTROLS } from '../../compliance/controls/catalogue';
import type { Control } from '../../compliance/controls/control';
import { controlsJson } from '../../compliance/controls/formats/json';
import { controlsMarkdown } from '../../compliance/controls/formats/markdown';
import { controlsOscal } from '../../compliance/controls/formats/oscal';
import { controlsText } from '../../compliance/controls/formats/text';
import { FRAMEWORKS } from '../../regions/config/schema';
import { parse } from '../args';
import type { ExitCode, Io } from '../io';
import { version } from '../layout';
import { refuse } from '../refuse';

export const USAGE = [
  'usage: voicecell controls [ID]... [--framework F] [--format F | --json]',
  `  --framework  only those that ${FRAMEWORKS.join(', ')} asks for`,
  '  --format     text (default), json, markdown, or oscal: an OSCAL 1.2.1 component',
  '               definition',
  '  --json       the same as --format json',
].join('\n');

type Render = (controls: readonly Control[], auditControls: readonly AuditControl[]) => string;

const FORMATS: Readonly<Record<string, Render>> = {
  text: controlsText,
  json: controlsJson,
  markdown: (controls, auditControls) => controlsMarkdown(controls, auditControls).trimEnd(),
  oscal: (controls, auditControls) => controlsOscal(controls, auditControls, version()),
};

const OPTIONS = {
  framework: { type: 'string' },
  format: { type: 'string', default: 'text' },
  json: { type: 'boolean', default: false },
} as const;

/** Prints the catalogue of controls, or a part of it. */
export function run(args: readonly string[], io: Io): ExitCode {
  const parsed = parse(args, OPTIONS);
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const { framework, json } = parsed.values;
  const format = json ? 'json' : parsed.values.format;
  const problems = [
    ...unknown('--framework', framework === undefined ? [] : [framework], FRAMEWORKS),
    ...unknown('--format', [format], Object.keys(FORMATS)),
    ...unknown(
      'control',
      parsed.positionals,
      [...CONTROLS, ...AUDIT_CONTROLS].map(({ id }) => id),
    ),
  ];
  if (problems.length > 0) return refuse(io, problems);
  const isChosen = ({ id, citations }: AuditControl): boolean =>
    (parsed.positionals.length === 0 || parsed.positionals.includes(id)) &&
    (framework === undefined || citations.some(({ authority }) => authority === framework));
  io.out(FORMATS[format]?.(CONTROLS.filter(isChosen), AUDIT_CONTROLS.filter(isChosen)) ?? '');
  return 0;
}

const unknown = (place: string, got: readonly string[], allowed: readonly string[]): string[] =>
  got
    .filter((value) => !allowed.includes(value))
    .map((value) => `${place}: got ${value}, allowed ${allowed.join(', ')}, change it to one of them`);
