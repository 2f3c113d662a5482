import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transcript, transcriptFile } from '../../../media/agent/call/transcript';
import { until } from './support/agent-process';

const linesOf = (file: string): string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];

test('what is said is in the file in its order, a line each', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'voicecell-')), 'call-1.transcript.jsonl');
  const transcript = new Transcript(file, (error) => {
    throw error;
  });
  for (let turn = 0; turn < 20; turn += 1) transcript.note(turn % 2 === 0 ? 'caller' : 'agent', `words ${turn}`);
  await until(async () => linesOf(file).length === 20);
  const lines = linesOf(file).map((line) => JSON.parse(line) as { who: string; text: string; at: string });
  expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, turn) => `words ${turn}`));
  expect(lines[1]).toMatchObject({ who: 'agent', at: expect.stringMatching(/Z$/) as string });
});

test.each([
  ['without a spool', undefined, 'call-1', true],
  ['of a call that is not recorded', '/spool', 'call-1', false],
  ['of a call whose id would lead out of the spool', '/spool', '../call-1', true],
] as const)('there is no transcript %s', (_, spool, callId, isRecorded) => {
  expect(transcriptFile(spool, { callId, isRecorded })).toBeUndefined();
});

test('a recorded call has one', () => {
  expect(transcriptFile('/spool', { callId: 'call-1', isRecorded: true })).toBe('/spool/call-1.transcript.jsonl');
});
