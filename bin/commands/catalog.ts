import { instanceTypesFile } from '../../regions/catalog/files';
import { diffCatalogs, isEmpty } from '../../regions/catalog/refresh/diff';
import { Ec2Source } from '../../regions/catalog/refresh/ec2';
import { refresh, type Refreshed } from '../../regions/catalog/refresh/refresh';
import { reasons, renderRefresh } from '../../regions/catalog/refresh/render';
import { Unreadable, type CatalogSource } from '../../regions/catalog/refresh/source';
import { currentCatalog, DATA_DIRECTORY, writeCatalog } from '../../regions/catalog/refresh/store';
import { parse } from '../args';
import type { ExitCode, Io } from '../io';
import { inClone } from '../layout';

export const USAGE = [
  'usage: voicecell catalog refresh [--region REGION]... [--write]',
  '  --region  only these regions (default all that EC2 lists for the account)',
  '  --write   replace the files of the catalogue (default: print what would change)',
].join('\n');

const OPTIONS = {
  region: { type: 'string', multiple: true, default: [] as string[] },
  write: { type: 'boolean', default: false },
} as const;

/** What the door opens on; tests give their own. */
export interface CatalogDoor {
  readonly source: CatalogSource;
  readonly directory: string;
  /** Day of the run, `2026-11-22`. */
  readonly today: string;
}

const onEc2 = (): CatalogDoor => ({
  source: new Ec2Source(instanceTypesFile.families, process.env['AWS_REGION'] ?? 'us-east-1'),
  directory: DATA_DIRECTORY,
  today: new Date().toISOString().slice(0, 10),
});

/** Rebuilds offerings and specs from EC2. Without `--write`, exit code 1 says that the catalogue is out of date. */
export async function run(args: readonly string[], io: Io, door: CatalogDoor = onEc2()): Promise<ExitCode> {
  const parsed = parse(args, OPTIONS);
  const usageError = 'error' in parsed ? parsed.error : verbProblem(parsed.positionals);
  if (usageError !== undefined || 'error' in parsed) {
    io.err(`${usageError}\n${USAGE}`);
    return 2;
  }
  const { region: regions, write } = parsed.values;
  if (write && !inClone) {
    io.err(
      '--write: got a package, allowed a clone of the kit, where the difference is reviewed, change the option: drop it',
    );
    return 2;
  }
  try {
    const request = { current: currentCatalog(), regions, checkedOn: door.today };
    return finish(await refresh(door.source, request), { write, directory: door.directory }, io);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    io.err(`cannot read EC2: ${error.message}`);
    return 2;
  }
}

function finish(refreshed: Refreshed, how: { readonly write: boolean; readonly directory: string }, io: Io): ExitCode {
  const { next, read, kept } = refreshed;
  if (read.length === 0) {
    io.err(`no region could be read: ${reasons(kept).join('; ')}`);
    return 2;
  }
  const diff = diffCatalogs(currentCatalog(), next);
  io.out(renderRefresh(diff, refreshed));
  if (how.write) io.out(`wrote ${writeCatalog(next, how.directory).join(', ')}`);
  return isEmpty(diff) || how.write ? 0 : 1;
}

const verbProblem = ([verb, ...rest]: readonly string[]): string | undefined =>
  verb === 'refresh' && rest.length === 0
    ? undefined
    : `got ${[verb, ...rest].join(' ') || 'nothing'}, allowed refresh`;
