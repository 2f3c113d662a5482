import path from 'node:path';
import type { Location } from '../../audit/posture';
import type { Resource, StackTemplate } from '../template-set';
import { ofFile, told } from './fault';
import { findFiles, type FoundFile } from './find';
import { misgivenIn } from './given-parameters';
import { present } from './present';
import { Reader } from './reader';
import { StackBuilder } from './stack-builder';
import { isRead, Templates, type NoTemplate, type Template } from './template';

/** Anybody's templates, ready to be judged. */
export interface TemplateFiles {
  readonly stacks: readonly StackTemplate[];
  /** Those that were judged, each with SHA-256 in hex of its bytes. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** What could not be read or expanded, a line each: what rests on it cannot be shown. */
  readonly limits: readonly string[];
  /** Those of them that hide something to be judged; the others are of files that were never CloudFormation. */
  readonly unread: readonly string[];
  /** Why nothing may be judged, a line each; empty where the templates were read. */
  readonly problems: readonly string[];
  /** Where a resource is written: its construct's file where the CDK noted it, else its template. */
  readonly locate: (resource: Resource) => Location | undefined;
}

export interface TemplateOptions {
  /** Of stacks that do not say theirs. @default none is known */
  readonly region?: string;
  /** Of stacks that do not say theirs. @default none is known */
  readonly account?: string;
  /** Values of parameters, before their defaults. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** @default the working directory */
  readonly cwd?: string;
}

/**
 * Reads templates from files, folders, globs and standard input (`-`). Never throws, whatever they hold: what was asked for by
 * name and is no template is a problem; what else was found and is none is left out, and told.
 */
export function readTemplates(inputs: readonly string[], options: TemplateOptions = {}): TemplateFiles {
  const { cwd = process.cwd(), region, account, parameters = {} } = options;
  const reader = new Reader(path.resolve(cwd));
  const templates = new Templates(reader);
  const found = findFiles(inputs, cwd, reader);
  const read = found.files.map((file) => ({ file, template: templates.read(file.file) }));
  const roots = read.flatMap(({ file, template }) => (isRead(template) ? [{ file, template }] : []));
  const defaults = { region, ...(account === undefined ? {} : { account }), parameters };
  const builder = built(roots, () => new StackBuilder(templates, defaults));
  const left = read.flatMap(({ file, template }) => (isRead(template) ? [] : [{ file, template }]));
  const misgiven = roots.length > 0 ? misgivenIn(builder.stacks, parameters) : [];
  const problems = [...found.problems, ...left.filter(({ file }) => file.isNamed).flatMap(faultsOf), ...misgiven];
  const others = left.filter(({ file }) => !file.isNamed);
  const unread = [...builder.limits, ...others.filter(({ template }) => template.isMeant).flatMap(faultsOf)];
  const nothing = problems.length === 0 && roots.length === 0 ? [told(inputs.join(' '), NOTHING)] : [];
  return {
    stacks: present(builder.stacks),
    files: builder.files,
    limits: [...unread, ...leftOut(others)],
    unread,
    problems: [...problems, ...nothing],
    locate: (resource) => builder.locate(resource),
  };
}

interface Root {
  readonly file: FoundFile;
  readonly template: Template;
}

/** A template that is nested in another is judged there, where its parameters are known. */
function built(roots: readonly Root[], anew: () => StackBuilder): StackBuilder {
  const first = anew();
  for (const { file, template } of roots) first.add(template, file);
  if (!roots.some(({ file }) => first.nested.has(file.file))) return first;
  const second = anew();
  const outer = roots.filter(({ file }) => !first.nested.has(file.file));
  for (const { file, template } of outer) second.add(template, file);
  // Those that are left are nested in each other.
  for (const { file, template } of roots)
    if (!outer.some((root) => root.file === file) && !second.nested.has(file.file)) second.add(template, file);
  return second;
}

interface Left {
  readonly file: FoundFile;
  readonly template: NoTemplate;
}

const faultsOf = ({ file, template }: Left): readonly string[] =>
  template.faults.map((fault) => told(file.name, fault));

/** What was never meant to be a template, together. */
function leftOut(left: readonly Left[]): readonly string[] {
  const strange = left.filter(({ template }) => !template.isMeant).map(({ file }) => file.name);
  const [shown, more] = [strange.slice(0, SHOWN).join(', '), strange.length - SHOWN];
  return strange.length > 0
    ? [`left out, for they are no CloudFormation: ${shown}${more > 0 ? ` and ${more} more` : ''}`]
    : [];
}

const SHOWN = 20;

const NOTHING = ofFile('no template', 'CloudFormation in JSON or YAML, or a CDK assembly', 'the path');
