import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diffOf } from '../../../compliance/audit/diff';
import type { Posture } from '../../../compliance/audit/posture';
import { readPosture } from '../../../compliance/audit/read-posture';
import { diffMarkdown, diffText } from '../../../compliance/audit/reporters/diff';
import { REPORTERS } from '../../../compliance/audit/reporters';
import { exitCodeOf } from '../../../compliance/audit/verdict';
import type { ExitCode, Io } from '../../io';
import { refuse } from '../../refuse';
import type { AuditOptions } from './options';

/** How wide and how colourful the terminal is. */
export interface Screen {
  readonly width: number;
  readonly colour: boolean;
}

/** The posture of another day, or why it cannot be compared with. */
export function readBaseline({
  baseline,
}: AuditOptions): Posture | undefined | { readonly problems: readonly string[] } {
  if (baseline === undefined) return undefined;
  const text = contentOf(baseline);
  if (text === undefined)
    return { problems: [`--baseline: got ${baseline}, allowed a file that can be read, change it`] };
  const read = readPosture(text);
  return read.ok ? read.posture : { problems: read.problems.map((problem) => `${baseline}: ${problem}`) };
}

/** A posture of something else compares with nothing: every finding would be new, and every old one better. */
export function strangerTo({ inputs }: Posture, baseline: Posture): string | undefined {
  const known = new Set(baseline.inputs.units.map(({ name }) => name));
  const isSame = inputs.units.some(({ name }) => known.has(name));
  return isSame
    ? undefined
    : `--baseline: got a posture of ${names(baseline.inputs.units)}, allowed one of ${names(inputs.units)}, change it`;
}

const names = (units: Posture['inputs']['units']): string => units.map(({ name }) => name).join(', ');

/** Prints or writes the reports, tells what changed, and says whether that is a failure. */
export function tell(
  posture: Posture,
  before: Posture | undefined,
  options: AuditOptions,
  screen: Screen,
  io: Io,
): ExitCode {
  const diff = before && diffOf(before, posture);
  const written = options.out === undefined ? undefined : writeReports(posture, options, options.out);
  if (written && 'problem' in written) return refuse(io, [written.problem]);
  if (diff && options.diffOut !== undefined) {
    const problem = writeFile(options.diffOut, `${diffMarkdown(diff)}\n`, '--diff-out');
    if (problem !== undefined) return refuse(io, [problem]);
  }
  const [format = 'text'] = options.formats;
  const isText = written !== undefined || format === 'text';
  const shown = { ...screen, all: options.verbose };
  io.out(REPORTERS[isText ? 'text' : format].render(posture, shown));
  if (written) io.out(written.files.map((file) => `written: ${file}`).join('\n'));
  if (diff && isText) io.out(`\n${diffText(diff, screen)}`);
  return exitCodeOf(posture, options.failOn, diff);
}

type Written = { readonly files: readonly string[] } | { readonly problem: string };

function writeReports(posture: Posture, { formats, verbose }: AuditOptions, out: string): Written {
  const files: string[] = [];
  for (const format of formats) {
    const reporter = REPORTERS[format];
    const file = path.join(out, reporter.file);
    const problem = writeFile(
      file,
      `${reporter.render(posture, { width: 100, colour: false, all: verbose })}\n`,
      '--out',
    );
    if (problem !== undefined) return { problem };
    files.push(file);
  }
  return { files };
}

/** One line about a place that cannot be written to. */
function writeFile(file: string, content: string, option: string): string | undefined {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return undefined;
  } catch (error) {
    return `${option}: got ${file}, allowed a place that can be written to, change it: ${codeOf(error)}`;
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return undefined;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
