import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { stacksOfAssembly, type StackFile } from './assembly';
import { ofFile, told } from './fault';
import { STDIN, type Reader } from './reader';

/** A file that was found, and whether it was asked for by name: then it has to be a template. */
export interface FoundFile extends StackFile {
  readonly isNamed: boolean;
}

export interface Found {
  readonly files: readonly FoundFile[];
  readonly problems: readonly string[];
}

/** The files that paths, folders, globs and `-` stand for, in order and each once. */
export function findFiles(inputs: readonly string[], cwd: string, reader: Reader): Found {
  const files = new Map<string, FoundFile>();
  const problems: string[] = [];
  for (const input of inputs) {
    const found = filesOf(input, cwd, reader);
    if (found.length === 0) problems.push(told(input, ofFile('no file', 'a file, a folder, a glob or -', 'the path')));
    for (const file of found) if (!files.has(file.file) || file.isNamed) files.set(file.file, file);
  }
  return { files: [...files.values()], problems };
}

function filesOf(input: string, cwd: string, reader: Reader): readonly FoundFile[] {
  const whole = path.resolve(cwd, input);
  if (input === STDIN) return [{ file: STDIN, name: STDIN, isNamed: true }];
  if (existsSync(whole)) return statSync(whole).isDirectory() ? inFolder(whole, reader) : [plain(reader, whole, true)];
  if (!isDynamicPattern(input)) return [plain(reader, whole, true)];
  return globbed(input, cwd).map((file) => plain(reader, file, false));
}

const plain = (reader: Reader, file: string, isNamed: boolean): FoundFile => ({
  file,
  name: reader.named(file),
  isNamed,
});

/** A folder of templates, which may hold assemblies: these are read by their manifests and not file by file. */
function inFolder(folder: string, reader: Reader): readonly FoundFile[] {
  const all = globbed('**/*.{json,yaml,yml,template}', folder);
  const manifests = all.filter((file) => path.basename(file) === 'manifest.json').map((file) => path.dirname(file));
  const assemblies: string[] = [];
  const stacks = manifests
    .toSorted((a, b) => a.length - b.length)
    .flatMap((candidate) => {
      const found = assemblies.some((outer) => isInside(outer, candidate))
        ? undefined
        : stacksOfAssembly(reader, candidate);
      if (found) assemblies.push(candidate);
      return (found ?? []).map((stack) => ({ ...stack, isNamed: true }));
    });
  const others = all.filter((file) => !assemblies.some((outer) => isInside(outer, file)));
  return [...stacks, ...others.map((file) => plain(reader, file, false))];
}

const isInside = (folder: string, file: string): boolean => file.startsWith(folder + path.sep);

const globbed = (pattern: string, cwd: string): readonly string[] =>
  globSync(pattern, {
    cwd,
    absolute: true,
    dot: true,
    followSymbolicLinks: false,
    ignore: IGNORED,
    expandDirectories: false,
  })
    .map((file) => path.normalize(file))
    .toSorted((a, b) => (a < b ? -1 : 1));

const IGNORED = ['**/node_modules/**', '**/.git/**'];
