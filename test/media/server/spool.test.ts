import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { callFileAfter } from '../../../media/server/call-file';
import { Spool } from '../../../media/server/spool';

const standing = {
  boot: 'boot-1',
  consentMode: 'notice',
  promptId: (language: string) => `recording-notice.${language}@1`,
};
const at = '2026-11-22T09:30:00.000Z';
const offered = { Event: 'UserEvent', Kind: 'offered', CallId: 'call-1', Function: 'desk', Carrier: 'a' };

test.each([
  ['+12025550123', '+12025550123'],
  ['12025550123', '+12025550123'],
  ['2025550123', undefined],
  ['03012345678', undefined],
  ['anonymous', undefined],
])('a caller who sends %s is %s to the ledger', (Number, expected) => {
  expect(callFileAfter(undefined, { ...offered, Number }, { standing, at })?.callerNumber).toBe(expected);
});

test('a refusal is kept with what the caller was told', () => {
  const file = callFileAfter(undefined, offered, { standing, at });
  const consent = { Kind: 'callConsent', CallId: 'call-1', Outcome: 'refused', Language: 'de' };
  expect(callFileAfter(file, consent, { standing, at })?.consent).toEqual({
    mode: 'notice',
    granted: false,
    ts: at,
    promptId: 'recording-notice.de@1',
  });
});

test('a disk that is gone is told of and ends no call', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
  const problems: string[] = [];
  const spool = new Spool(folder, standing, (problem) => void problems.push(problem));
  spool.hear(offered);
  expect(JSON.parse(readFileSync(path.join(folder, 'call-1.call.json'), 'utf8'))).toMatchObject({ callId: 'call-1' });
  rmSync(folder, { recursive: true });
  spool.hear({ ...offered, Kind: 'callEnded' });
  expect(problems).toEqual([expect.stringContaining('ENOENT')]);
});
