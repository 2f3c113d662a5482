import { Calls } from '../../../media/server/calls';
import { formatAction, type Message, parseMessages } from '../../../media/server/manager';

const dialplan = (kind: string, fields: Message = {}): Message => ({
  Event: 'UserEvent',
  Kind: kind,
  CallId: 'c1',
  ...fields,
});

function inCall(): Calls {
  const calls = new Calls();
  calls.hear(dialplan('offered', { Caller: 'PJSIP/edge-1', CallerChannel: '17.0' }));
  calls.hear(dialplan('agentLeg', { Agent: 'WebSocket/agent/1' }));
  return calls;
}

const key = (digit: string): Message => ({
  Event: 'DTMFEnd',
  Channel: 'PJSIP/edge-1',
  Direction: 'Received',
  Digit: digit,
});

test('a pause mutes the recording on both sides and the audio to the agent; a resume opens both', () => {
  const calls = inCall();
  expect(calls.pause('c1', true)).toStrictEqual([
    { Action: 'MixMonitorMute', Channel: 'PJSIP/edge-1', Direction: 'both', State: '1' },
    { Action: 'MuteAudio', Channel: 'WebSocket/agent/1', Direction: 'out', State: 'on' },
  ]);
  expect(calls.pause('c1', false)).toMatchObject([{ State: '0' }, { State: 'off' }]);
});

test('keys are kept in a pause only, given once, and forgotten when it ends', () => {
  const calls = inCall();
  calls.hear(key('9'));
  calls.pause('c1', true);
  calls.hear(key('4'));
  calls.hear(key('2'));
  expect([calls.takeDigits('c1'), calls.takeDigits('c1')]).toStrictEqual(['42', '']);
  calls.hear(key('7'));
  calls.pause('c1', false);
  expect(calls.takeDigits('c1')).toBe('');
});

test('an agent that dies in a pause leaves no call that is not recorded', () => {
  const calls = inCall();
  calls.pause('c1', true);
  expect(calls.hear({ Event: 'Hangup', Channel: 'WebSocket/agent/1' }).actions).toMatchObject([
    { Action: 'MixMonitorMute', State: '0' },
  ]);
});

test('a recording is watched from its begin to the end of its call', () => {
  const calls = inCall();
  expect(calls.hear(dialplan('recording', { File: '/spool/c1.raw' })).watch).toStrictEqual({
    callId: 'c1',
    file: '/spool/c1.raw',
  });
  expect(calls.hear(dialplan('callEnded', { By: 'caller', Reason: 'hangup' }))).toMatchObject({
    ended: 'c1',
    lines: [{ event: 'call.ended', by: 'caller', reason: 'hangup' }],
  });
  expect(calls.find('17.0')).toBeUndefined();
});

test('no line carries a key that was pressed', () => {
  const calls = inCall();
  calls.pause('c1', true);
  expect(calls.hear(key('4')).lines).toStrictEqual([]);
});

test('a value cannot bring a header of its own into an action', () => {
  expect(formatAction({ Action: 'Setvar', Value: 'x\r\nAction: Originate' })).toBe(
    'Action: Setvar\r\nValue: x  Action: Originate\r\n\r\n',
  );
});

test('messages are read however they are cut', () => {
  const text = 'Asterisk Call Manager/11\r\nEvent: Hangup\r\nChannel: a\r\nEmpty:\r\n\r\nEvent: Ho';
  expect(parseMessages(text)).toStrictEqual({
    messages: [{ Event: 'Hangup', Channel: 'a', Empty: '' }],
    rest: 'Event: Ho',
  });
});
