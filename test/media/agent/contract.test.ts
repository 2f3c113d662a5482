import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../../media/agent/config';
import { CHANNEL, NEXT } from '../../../media/agent/call/names';
import { command, readControl } from '../../../media/agent/call/chan-websocket';
import { mediaContainers, PORTS } from '../../../media/contract';
import { AGENT_CHANNEL, CHANNEL_VARIABLES, NEXT_VARIABLES } from '../../../media/contract/agent-channel';
import { mediaInput } from '../../support/contract-input';

const env = mediaContainers(mediaInput()).find(({ name }) => name === 'agent')?.env ?? {};
const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'agent-contract.md'), 'utf8');

test('the agent takes what the plan hands it', () => {
  expect(readConfig(env)).toMatchObject({
    AUDIO_PORT: PORTS.agentAudio,
    STATUS_PORT: PORTS.status,
    SERVER_URL: `http://127.0.0.1:${PORTS.serverControl}`,
    NUMBERS: mediaInput().numbers,
  });
});

test('its names are those of the contract', () => {
  expect(CHANNEL).toEqual(CHANNEL_VARIABLES);
  expect(NEXT).toEqual(NEXT_VARIABLES);
});

test('the page has every name', () => {
  const names = [...Object.values(CHANNEL_VARIABLES), ...Object.values(NEXT_VARIABLES), AGENT_CHANNEL.path];
  for (const name of [...names, 'SERVER_SECRET_FILE', 'STT_TRANSPORT', 'PROCESSES']) expect(page).toContain(name);
});

test('a mark fits what chan_websocket takes', () => {
  expect(command('MARK_MEDIA', '9999999.9999999').length).toBeLessThanOrEqual(AGENT_CHANNEL.maxCommandBytes);
});

test.each([
  '',
  'MEDIA_START',
  '{"event":"MEDIA_START"}',
  '{"event":"NEWS"}',
  '{"event":"DTMF_END","digit":"4"}',
  '[]',
  'null',
])('a control message that it does not know is none: %j', (text) => {
  expect(readControl(text)).toBeUndefined();
});
