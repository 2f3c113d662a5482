import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const HOUSE = ['regions', 'compliance', 'lib', 'media', 'lab', 'supply', 'preflight', 'records', 'aws', 'bin'] as const;

/** Folders of the house each folder may import, and whether it may know the CDK. One direction; `bin` is the only door. */
const MAY: Readonly<Record<(typeof HOUSE)[number], { readonly folders: readonly string[]; readonly cdk: boolean }>> = {
  media: { folders: ['media'], cdk: false },
  lab: { folders: ['lab', 'media'], cdk: false },
  regions: { folders: ['regions', 'media', 'compliance'], cdk: false },
  compliance: { folders: ['compliance', 'regions', 'aws'], cdk: true },
  lib: { folders: ['lib', 'regions', 'media'], cdk: true },
  supply: { folders: ['supply', 'regions', 'media'], cdk: false },
  preflight: { folders: ['preflight', 'aws', 'supply', 'regions', 'media'], cdk: false },
  records: { folders: ['records', 'aws', 'regions', 'media'], cdk: false },
  aws: { folders: ['aws'], cdk: false },
  bin: {
    folders: ['bin', 'lib', 'regions', 'compliance', 'media', 'supply', 'preflight', 'records', 'aws'],
    cdk: true,
  },
};

interface Import {
  readonly file: string;
  readonly target: string;
}

const filesOf = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => ({
    file,
    target: match[1] ?? '',
  }));
}

function folderOf({ file, target }: Import): string | undefined {
  if (!target.startsWith('.')) return undefined;
  return path.relative(ROOT, path.resolve(ROOT, path.dirname(file), target)).split(path.sep)[0];
}

const knowsCdk = ({ target }: Import): boolean => /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(target);

test.each(HOUSE)('%s imports only what its place in the house allows', (folder) => {
  const imports = filesOf(folder).flatMap(importsOf);
  expect(imports.length).toBeGreaterThan(0);
  const strangers = imports.filter((one) =>
    HOUSE.some((other) => other === folderOf(one) && !MAY[folder].folders.includes(other)),
  );
  expect(strangers).toEqual([]);
  expect(MAY[folder].cdk ? [] : imports.filter(knowsCdk)).toEqual([]);
});

test('the frameworks and their merge are pure: the plan is made from them', () => {
  const imports = [...filesOf('compliance/frameworks'), 'compliance/requirements.ts'].flatMap(importsOf);
  expect(imports.filter(knowsCdk)).toEqual([]);
});

test('from compliance, regions takes the merged requirements and nothing else', () => {
  const targets = filesOf('regions')
    .flatMap(importsOf)
    .filter((one) => folderOf(one) === 'compliance');
  expect(targets.filter((one) => !one.target.endsWith('/compliance/requirements'))).toEqual([]);
});
