import { readdirSync } from 'node:fs';
import path from 'node:path';
import { CONTROLS } from '../../../compliance/controls/catalogue';
import { readTemplates } from '../../../compliance/templates/files/read-templates';
import { evidenceOfFiles, judgementsOf } from '../../support/template-files';

const FOLDER = path.join(__dirname, 'strangers');
const FILES = readdirSync(FOLDER).filter((file) => path.extname(file) !== '');
const read = (...inputs: readonly string[]) => readTemplates(inputs, { cwd: FOLDER, region: 'us-east-1' });

test.each(FILES)('%s is read and judged by every control', (file) => {
  const given = read(file);
  expect(given.problems).toEqual([]);
  expect(given.stacks.length).toBeGreaterThan(0);
  expect(judgementsOf(given)).toBeGreaterThan(0);
});

test('all of them together are judged, each resource where it is written', () => {
  const given = read('.');
  const evidence = evidenceOfFiles(given);
  expect(given.stacks.length).toBeGreaterThan(15);
  expect(
    evidence.set.resources.filter((resource) => !given.locate(resource)).map(({ logicalId }) => logicalId),
  ).toEqual(['ServerlessRestApi']);
  expect(judgementsOf(given)).toBeGreaterThan(200);
});

const answersOf = (id: string, ...inputs: readonly string[]): readonly string[] => {
  const control = CONTROLS.find((one) => one.id === id);
  return (control?.check(evidenceOfFiles(read(...inputs))) ?? []).map(
    ({ answer, resource }) => `${resource?.logicalId ?? '-'} ${answer}`,
  );
};

test('days of retention that a parent passes to a nested stack are those that are judged', () => {
  expect(answersOf('REC-02', 'nested/root.yaml')).toContain('Vault met');
  expect(answersOf('REC-02', 'nested/store.yaml')).not.toContain('Vault met');
});

test('a bucket whose properties a macro writes is not taken for met', () => {
  expect(answersOf('ENC-01', 'macro-and-include.yaml')).not.toContain('Voicemail met');
});

test('what is written of a stranger is the same on every reading', () => {
  expect(JSON.stringify(read('.').stacks)).toBe(JSON.stringify(read('.').stacks));
  expect(read('.').limits).toEqual(read('.').limits);
});
