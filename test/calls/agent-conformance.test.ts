import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AgentAddress,
  AgentProcess,
  buildPrograms,
  codeOf,
  remove,
  statusOf,
  until,
} from '../media/agent/support/agent-process';
import { FakeAsterisk, type FakeCall } from '../media/agent/support/fake-asterisk';
import { FakeModels } from '../media/agent/support/fake-models';
import { OtherAgent } from '../media/agent/support/other-agent';
import { NUMBER } from '../media/agent/support/running-agent';
import { hello, spoken } from '../media/agent/support/speech';

/**
 * What docs/agent-contract.md asks of an agent, whoever wrote it: `AGENT_URL=ws://…/audio AGENT_STATUS_URL=http://…` (with a
 * `NUMBER` it knows) runs this against another one. It must greet or answer in a sentence of a second at least, take two
 * calls, and not be shared: the last test drains it. Where this machine has the files of its node, `AGENT_NO_NEW_CALLS_FILE` and
 * `AGENT_LEAVING_FILE` say so, and it is asked what it makes of them.
 */
jest.setTimeout(60_000);

const { AGENT_URL, AGENT_STATUS_URL, NUMBER: number = NUMBER } = process.env;
const FOLDER = mkdtempSync(path.join(tmpdir(), 'agent-node-'));
const FILES = {
  NO_NEW_CALLS_FILE: process.env['AGENT_NO_NEW_CALLS_FILE'] ?? path.join(FOLDER, 'no-new-calls'),
  LEAVING_FILE: process.env['AGENT_LEAVING_FILE'] ?? path.join(FOLDER, 'leaving'),
};
/** What a node says by its files; of a node elsewhere that is not known. */
const STATES =
  AGENT_URL === undefined || process.env['AGENT_LEAVING_FILE'] !== undefined
    ? ([
        ['has no room for another recording', FILES.NO_NEW_CALLS_FILE, false],
        ['is to leave', FILES.LEAVING_FILE, true],
      ] as const)
    : [];
afterAll(() => rmSync(FOLDER, { recursive: true }));
const COMMANDS = new Set(['MARK_MEDIA', 'FLUSH_MEDIA', 'HANGUP', 'START_MEDIA_BUFFERING', 'STOP_MEDIA_BUFFERING']);
const LONGEST_COMMAND = 128;
const ANSWERS_WITHIN_MS = 10_000;

interface Started {
  readonly agent: AgentAddress;
  readonly stop: () => void;
}

async function ofTheKit(): Promise<Started> {
  const folder = buildPrograms();
  const models = await FakeModels.start({ replies: ['This is a long answer. '.repeat(5)], speechMs: 40 });
  const agent = await AgentProcess.start(folder, models, FILES);
  const stop = () => {
    agent.stop();
    models.stop();
    remove(folder);
  };
  return { agent, stop };
}

async function ofSomebodyElse(): Promise<Started> {
  const agent = await OtherAgent.start(number, FILES);
  return { agent, stop: () => agent.stop() };
}

async function asGiven(): Promise<Started> {
  return { agent: { audio: AGENT_URL ?? '', status: AGENT_STATUS_URL ?? '' }, stop: () => undefined };
}

/** Two that share no code: what both pass is the contract's, and not the kit's. */
const AGENTS: readonly [string, () => Promise<Started>][] =
  AGENT_URL === undefined
    ? [
        ['of the kit', ofTheKit],
        ['of somebody else', ofSomebodyElse],
      ]
    : [[`at ${AGENT_URL}`, asGiven]];

describe.each(AGENTS)('the agent %s', (_, start) => {
  let agent: AgentAddress;
  let stop: Started['stop'];

  beforeAll(async () => {
    ({ agent, stop } = await start());
  });
  afterAll(() => stop());

  let call: FakeAsterisk;
  async function dial(options: Partial<FakeCall> = {}): Promise<FakeAsterisk> {
    const variables = { VOICECELL_CALL_ID: 'conformance', VOICECELL_NUMBER: number, VOICECELL_CALLER_CHANNEL: '1.1' };
    call = await FakeAsterisk.dial({ url: agent.audio, variables, ...options });
    return call;
  }
  afterEach(() => call.hangUp());

  const voiced = (from: number, ms: number) => call.until(() => call.voicedMs(from) > ms, ANSWERS_WITHIN_MS);

  async function asked(): Promise<void> {
    await call.until(() => call.heard.length > 50);
    await call.until(() => call.queuedFrames === 0, 20_000);
    const over = call.heard.length;
    await call.until(() => call.heard.length > over + 25);
    const from = call.heard.length + hello().length / 320;
    await call.speak(hello());
    await voiced(from, 500);
  }

  test('a caller is answered, in whole frames and short commands that chan_websocket knows', async () => {
    await dial();
    await asked();
    expect(call.oddFrames).toBe(0);
    expect(call.commands.filter((command) => !COMMANDS.has(command))).toEqual([]);
    expect(call.longestCommand).toBeLessThanOrEqual(LONGEST_COMMAND);
  });

  test('a caller who speaks over the agent silences it', async () => {
    await dial();
    await asked();
    const before = call.heard.length;
    await call.speak(spoken().slice(0, 16_000));
    await call.until(() => call.commands.includes('FLUSH_MEDIA'), 1_000);
    expect(call.heard.length - before).toBeLessThan(100);
  });

  test('after XOFF nothing comes until XON', async () => {
    await dial({ xoffFrames: 20 });
    await asked();
    await call.until(() => call.queuedFrames === 0, 20_000);
    expect(call.framesLost).toBe(0);
  });

  test('a number that it does not know ends the connection', async () => {
    await dial({ variables: { VOICECELL_NUMBER: '+10000000000' } });
    await call.until(() => call.closed);
    expect(call.commands).toEqual([]);
  });

  test('an event that it does not know does no harm', async () => {
    await dial();
    call.send({ event: 'SOMETHING_NEW', channel_id: 'x' });
    await asked();
    expect(call.closed).toBe(false);
  });

  for (const [is, file, draining] of STATES)
    test(`while its node ${is} it says so, and a call that was answered before is taken`, async () => {
      const isOpen = async (open: boolean) => (await codeOf(agent, '/ready')) === (open ? 200 : 503);
      await until(async () => (await statusOf(agent))?.calls === 0);
      writeFileSync(file, '');
      await until(() => isOpen(false));
      expect(await statusOf(agent)).toEqual({ calls: 0, capacity: 0, draining });
      await dial();
      await voiced(0, 100);
      expect(await statusOf(agent)).toEqual({ calls: 1, capacity: 0, draining });
      rmSync(file);
      await until(() => isOpen(true));
      expect(await statusOf(agent)).toMatchObject({ calls: 1, draining: false });
    });

  test('it says what it has and would take, and a drain lets running calls be', async () => {
    await until(async () => (await statusOf(agent))?.calls === 0);
    expect(await codeOf(agent, '/ready')).toBe(200);
    await dial();
    await voiced(0, 100);
    const before = await statusOf(agent);
    expect(before).toEqual({ calls: 1, capacity: expect.any(Number), draining: false });
    expect(await codeOf(agent, '/drain', 'POST')).toBe(200);
    expect(await statusOf(agent)).toEqual({ calls: 1, capacity: 0, draining: true });
    expect([await codeOf(agent, '/ready'), await codeOf(agent, '/healthz')]).toEqual([503, 200]);
    await expect(FakeAsterisk.dial({ url: agent.audio })).rejects.toThrow('503');
    await asked();
  });
});
