import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
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

describe('a disk without room', () => {
  afterEach(() => jest.useRealTimers());

  const ENDED = { ...offered, Kind: 'callEnded' };

  /** Whatever is written of the call's file finds the disk full, until there is room. */
  function full() {
    jest.useFakeTimers();
    const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
    const file = path.join(folder, 'call-1.call.json');
    const problems: string[] = [];
    const spool = new Spool(folder, standing, (problem) => void problems.push(problem));
    spool.open();
    spool.hear(offered);
    symlinkSync('/dev/full', `${file}.part`);
    return {
      spool,
      problems,
      read: () => JSON.parse(readFileSync(file, 'utf8')) as { readonly endedAt?: string },
      makeRoom: () => rmSync(`${file}.part`),
    };
  }

  test('gets the end of a call as soon as it has some', () => {
    const { spool, problems, read, makeRoom } = full();
    spool.hear(ENDED);
    jest.advanceTimersByTime(10_000);
    expect(problems).toEqual([expect.stringContaining('ENOSPC')]);
    expect(read().endedAt).toBeUndefined();
    makeRoom();
    jest.advanceTimersByTime(10_000);
    expect(read().endedAt).toMatch(/Z$/);
    expect(problems).toHaveLength(1);
  });

  test('gets it from a server that leaves', () => {
    const { spool, read, makeRoom } = full();
    spool.hear(ENDED);
    makeRoom();
    spool.close();
    expect(read().endedAt).toMatch(/Z$/);
  });
});
