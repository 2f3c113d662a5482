import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mediaContainers } from '../../../media/contract';
import { renderAll } from '../../../media/server/render';
import { readSettings, type Settings } from '../../../media/server/settings';
import { mediaInput } from '../../support/contract-input';

const SERVER = path.join(__dirname, '..', '..', '..', 'media', 'server');
const shipped = Object.fromEntries(
  readdirSync(path.join(SERVER, 'etc')).map((name) => [name, readFileSync(path.join(SERVER, 'etc', name), 'utf8')]),
);
const env = (overrides: Record<string, string> = {}) => ({
  ...mediaContainers(mediaInput()).find(({ name }) => name === 'server')?.env,
  ...overrides,
});

function settings(overrides: Record<string, string> = {}): Settings {
  const read = readSettings(env(overrides));
  if ('problems' in read) throw new Error(read.problems.join('; '));
  return read;
}

const render = (overrides: Record<string, string> = {}) =>
  renderAll(shipped, settings(overrides), {
    configDirectory: '/etc',
    moduleDirectory: '/modules',
    dataDirectory: '/data',
    stateDirectory: '/state',
    managerSecret: 'of-this-boot',
  });

test('the environment that the contract gives is the environment that the server reads', () => {
  expect(readSettings(env())).not.toHaveProperty('problems');
});

test('every problem of an environment is told at once', () => {
  expect(readSettings(env({ SIP_PORT: '0', CONSENT_MODE: 'maybe', EDGE_CIDRS: 'any' }))).toStrictEqual({
    problems: [
      'SIP_PORT is "0", not a positive integer',
      'EDGE_CIDRS is "any", not CIDRs with commas between',
      'CONSENT_MODE is "maybe", not none, notice, beep, explicit-dtmf, explicit-voice',
    ],
  });
});

test.each([
  ['a queue that would end a dialplan line', { QUEUES: '[{"name":"a,1,System(x)","uri":"sip:a@b","how":"bridge"}]' }],
  ['a target with headers of its own', { QUEUES: '[{"name":"a","uri":"sip:a@b?X=1","how":"bridge"}]' }],
  ['a target of another scheme', { QUEUES: '[{"name":"a","uri":"tel:+1202","how":"refer"}]' }],
  ['a number that is none', { NUMBERS: '[{"number":"_X.","function":"a","language":"en","queue":"a"}]' }],
  ['an agent on another host', { AGENT_AUDIO_URL: 'ws://10.0.0.1:9100/audio' }],
])('%s is refused', (_, overrides) => {
  expect(readSettings(env(overrides))).toHaveProperty('problems');
});

test('every placeholder of the shipped files is filled', () => {
  expect(Object.values(render()).join('\n')).not.toMatch(/@[A-Z_]+@/);
});

test('a placeholder that nothing fills is a fault, not a file', () => {
  expect(() =>
    renderAll({ 'x.conf': 'a = @NOBODY@' }, settings(), {
      configDirectory: '',
      moduleDirectory: '',
      dataDirectory: '',
      stateDirectory: '',
      managerSecret: '',
    }),
  ).toThrow('x.conf: nothing fills @NOBODY@');
});

test('a number carries its function, queue and language, with the plus and without', () => {
  const text = render({
    NUMBERS: '[{"number":"+34911234567","function":"ventas","language":"es-ES","queue":"atencion"}]',
  })['numbers.conf'];
  expect(text).toContain('exten => +34911234567,1,Set(_VOICECELL_NUMBER=+34911234567)');
  expect(text).toContain('Set(CHANNEL(language)=es)');
  expect(text).toContain('Set(_VOICECELL_QUEUE=atencion)');
  expect(text).toContain('exten => 34911234567,1,Goto(+34911234567,1)');
});

test('the manager is on loopback and no shell or arbitrary module is to be had', () => {
  const files = render();
  expect(files['manager.conf']).toMatch(/bindaddr = 127\.0\.0\.1\n/);
  expect(files['manager.conf']).toContain('secret = of-this-boot');
  expect(files['http.conf']).toMatch(/bindaddr = 127\.0\.0\.1\n/);
  expect(files['asterisk.conf']).toContain('live_dangerously = no');
  expect(files['modules.conf']).toContain('autoload = no');
  expect(files['modules.conf']).not.toMatch(/app_system|func_shell|res_agi|pbx_spool|func_curl|app_originate|res_ari/);
});

/** Applications of the dialplan and the module that brings each; what is built in needs none. */
const MODULES: Readonly<Record<string, string | undefined>> = {
  Dial: 'app_dial',
  ExecIf: 'app_exec',
  MixMonitor: 'app_mixmonitor',
  Playback: 'app_playback',
  Read: 'app_read',
  Return: 'app_stack',
  Transfer: 'app_transfer',
  UserEvent: 'app_userevent',
};
const BUILT_IN = new Set(['Answer', 'Goto', 'GotoIf', 'Hangup', 'Set', 'Wait']);

test('every application of the dialplan is loaded', () => {
  const used = [...(shipped['extensions.conf'] ?? '').matchAll(/^(?:exten => [^,]+,1| same => n),(\w+)\(/gm)];
  const names = [...new Set(used.map(([, name = '']) => name))].filter((name) => !BUILT_IN.has(name));
  expect(names).not.toHaveLength(0);
  for (const name of names) expect(shipped['modules.conf']).toContain(`require = ${MODULES[name]}.so`);
});

test('every language has every prompt that the dialplan plays', () => {
  const played = [...(shipped['extensions.conf'] ?? '').matchAll(/Playback\(([\w-]+)\)|Read\(ANSWER,([\w-]+)/g)];
  const wanted = [...new Set(played.map(([, playback, read]) => playback ?? read ?? ''))].toSorted();
  for (const file of readdirSync(path.join(SERVER, 'prompts'))) {
    const lines = readFileSync(path.join(SERVER, 'prompts', file), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => line.split(':', 1).join()).toSorted()).toStrictEqual(wanted);
  }
});

test('a language without prompts is refused: a caller must understand what is asked', () => {
  expect(
    readSettings(env({ NUMBERS: '[{"number":"+81312345678","function":"a","language":"ja","queue":"a"}]' })),
  ).toHaveProperty('problems');
});
