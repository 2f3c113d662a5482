import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallFile } from '../../media/contract/spool';
import { FakeAgent } from './support/fake-agent';
import { dialAgent, talks } from './support/media-call';
import { MediaServer } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { until } from './support/until';

/** A second of both sides (docs/recorder.md). */
const BUFFER_BYTES = 32_768;
const LENIENT = { throwIfNoEntry: false } as const;

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'what the media server leaves for the recorder', () => {
  const directory = temporaryDirectory();
  let server: MediaServer;
  let agent: FakeAgent;

  beforeAll(async () => {
    server = await MediaServer.start({ directory, prompts: renderPrompts(directory), env: { CONSENT_MODE: 'notice' } });
    agent = await FakeAgent.listen(server.agentPort);
  });

  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(directory, 'spool', name), 'utf8'));

  test('says while the call lasts that it does, and then when it ended and what the caller was told', async () => {
    const { caller, callId } = await dialAgent(server, agent, directory, talks(4_000));
    const during = read(`${callId}.call.json`) as CallFile;
    expect(during).toMatchObject({ v: 1, callId, function: 'desk', boot: (read('server.json') as CallFile).boot });
    expect(during.endedAt).toBeUndefined();

    await caller.done();
    await server.event(callId, 'call.ended');
    await sleep(200);
    const after = read(`${callId}.call.json`) as CallFile;
    expect(after.consent).toMatchObject({ mode: 'notice', granted: true });
    expect(after.consent?.promptId).toMatch(/^recording-notice\.en@[0-9a-f]{8}$/);
    expect(Date.parse(after.endedAt ?? '')).toBeGreaterThan(Date.parse(after.startedAt));
    expect(existsSync(server.recordingFile(callId))).toBe(true);
  });

  test('is all that was said but for one buffer, which is what is lost with the media server', async () => {
    const { caller, callId } = await dialAgent(server, agent, directory, talks(4_000));
    const size = await until(
      'sound in the file',
      () => statSync(server.recordingFile(callId), LENIENT)?.size || undefined,
    );
    expect(size % BUFFER_BYTES).toBe(0);
    await caller.done();
  });

  test('is gone when it has ended itself', async () => {
    await server.stop();
    expect(existsSync(path.join(directory, 'spool', 'server.json'))).toBe(false);
  });
});
