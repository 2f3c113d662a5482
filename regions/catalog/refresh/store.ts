import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactTypes } from '../families';
import { instanceTypesFile, offeringsFile } from '../files';
import { INSTANCE_TYPES } from '../instance-types';
import { OFFERINGS } from '../offerings';
import type { Catalog } from '../types';

/** The catalogue as this checkout has it. */
export const currentCatalog = (): Catalog => ({
  offerings: OFFERINGS,
  instanceTypes: INSTANCE_TYPES,
  specsFrom: { source: instanceTypesFile.source, asOf: instanceTypesFile.asOf },
});

/** Where the catalogue's files lie. */
export const DATA_DIRECTORY = join(__dirname, '..', 'data');

/**
 * Replaces the two files a refresh rebuilds. Each is written beside its place and moved there, so that a killed run
 * leaves the old one or the new one.
 */
export function writeCatalog(catalog: Catalog, directory = DATA_DIRECTORY): readonly string[] {
  const files = {
    'instance-types.json': instanceTypesText(catalog),
    'offerings.json': offeringsText(catalog),
  };
  return Object.entries(files).map(([name, text]) => {
    const path = join(directory, name);
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
    return path;
  });
}

function instanceTypesText({ instanceTypes, specsFrom }: Catalog): string {
  const rows = sorted(instanceTypes).map(([type, spec]) => `  ${quoted(type)}: ${JSON.stringify(spec)}`);
  const { caveat, families } = instanceTypesFile;
  return file({ ...specsFrom, caveat, families }, 'types', rows);
}

function offeringsText({ offerings, instanceTypes }: Catalog): string {
  const known = [...instanceTypes.keys()];
  const rows = sorted(offerings).map(([region, { source, asOf, azIds }]) => {
    const azs = sorted(azIds).map(
      ([azId, types]) => `    ${quoted(azId)}: ${quoted(compactTypes(types, known).join(' '))}`,
    );
    return `  ${quoted(region)}: { "source": ${quoted(source)}, "asOf": ${quoted(asOf)}, "azs": {\n${azs.join(',\n')}\n  } }`;
  });
  return file({ sources: offeringsFile.sources, caveat: offeringsFile.caveat }, 'regions', rows);
}

/** One row a line: a refresh is reviewed as a diff of the file. */
function file(head: Readonly<Record<string, unknown>>, key: string, rows: readonly string[]): string {
  const lines = Object.entries(head).map(([name, value]) => ` ${quoted(name)}: ${JSON.stringify(value)},`);
  return ['{', ...lines, ` ${quoted(key)}: {`, rows.join(',\n'), ' }', '}', ''].join('\n');
}

const quoted = (text: string): string => JSON.stringify(text);

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
