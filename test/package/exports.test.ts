import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as voicecell from '../../index';

const ROOT = path.join(__dirname, '..', '..');

const exported = [...readFileSync(path.join(ROOT, 'index.ts'), 'utf8').matchAll(/^export (?:type )?\{([^}]*)\}/gm)]
  .flatMap(([, names = '']) => names.split(','))
  .map((name) => name.trim().replace(/^type /, ''))
  .filter(Boolean);

const sources = ['regions', 'compliance', 'lib', 'bin'].flatMap((room) =>
  readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(ROOT, room, file), 'utf8')),
);

test.each(exported)('%s says what it is', (name) => {
  const declared = new RegExp(String.raw`\*/\nexport (?:class|interface|type|const|function) ${name}\b`);
  expect(sources.filter((text) => declared.test(text)).length).toBeGreaterThan(0);
});

test('a foreign app finds the constructs, the readers and the checks', () => {
  expect(Object.keys(voicecell).toSorted()).toEqual([
    'CoLocation',
    'ColocatedCell',
    'CopiesStack',
    'GuardStack',
    'NetworkStack',
    'RecordsStack',
    'VoiceRegion',
    'WatchStack',
    'checkedPacks',
    'expiredWaivers',
    'featureFlags',
    'formatProblem',
    'planDeployment',
    'readDeployment',
    'readInputs',
    'readLock',
    'readWaivers',
  ]);
});
