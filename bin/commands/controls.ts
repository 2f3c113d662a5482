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

const FORMATS: Readonly<Record<string, (controls: readonly Control[]) => string>> = {
  text: controlsText,
  json: controlsJson,
  markdown: (controls) => controlsMarkdown(controls).trimEnd(),
  oscal: (controls) => controlsOscal(controls, version()),
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
      CONTROLS.map(({ id }) => id),
    ),
  ];
  if (problems.length > 0) return refuse(io, problems);
  const chosen = CONTROLS.filter(
    ({ id, citations }) =>
      (parsed.positionals.length === 0 || parsed.positionals.includes(id)) &&
      (framework === undefined || citations.some(({ authority }) => authority === framework)),
  );
  io.out(FORMATS[format]?.(chosen) ?? '');
  return 0;
}

const unknown = (place: string, got: readonly string[], allowed: readonly string[]): string[] =>
  got
    .filter((value) => !allowed.includes(value))
    .map((value) => `${place}: got ${value}, allowed ${allowed.join(', ')}, change it to one of them`);
