import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readAttestations, type Attestations } from '../../../compliance/audit/attestations';

const SAID = { id: 'GOV-08', statement: 'calls are reviewed monthly', by: 'A. Smith', date: '2026-09-01' };
const item = (over: object = {}): string => `  - ${JSON.stringify({ ...SAID, ...over })}\n`;

function reading(text: string): Attestations {
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-attestations-'));
  const file = path.join(folder, 'a.yaml');
  try {
    writeFileSync(file, text);
    return readAttestations(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('attestations are read as a deployment writes them', () => {
  expect(reading(`attestations:\n${item()}`)).toEqual({ ok: true, attestations: [SAID] });
});

test.each([
  ['a date that is no day', `attestations:\n${item({ date: 'soon' })}`, /a\.yaml:2:\d+ attestations\.0\.date: got /],
  ['an id said twice', `attestations:\n${item()}${item()}`, /a\.yaml:3:\d+ attestations\.1\.id: .*used once/],
  ['a key that is none', 'attestations: []\nmore: 1\n', /a\.yaml:2:1 more: got /],
  ['no attestations', '{}\n', /attestations: got /],
  ['a bare list', item().slice(2), /a\.yaml:1:1 got /],
])('%s is a problem with its place', (_, text, expected) => {
  const read = reading(text);
  expect(read.ok ? [] : read.problems).toEqual([expect.stringMatching(expected)]);
});

test('a file that is not there is a problem', () => {
  const read = readAttestations('nowhere.yaml');
  expect(read.ok ? [] : read.problems).toEqual([expect.stringContaining('got no such file')]);
});
