import { Caller } from './caller';
import type { FakeAgent } from './fake-agent';
import { type MediaServer, NUMBER } from './media-server';
import { Phone } from './phone';
import { CallerScript } from './scenario';

let calls = 0;

export interface MediaCall {
  readonly callId: string;
  readonly phone: Phone;
  readonly caller: Caller;
}

/** A caller with a phone dials the media server, and does what the script says. */
export async function dial(
  server: MediaServer,
  directory: string,
  script: (script: CallerScript, rtpPort: number) => CallerScript,
  number = NUMBER,
): Promise<MediaCall> {
  const callId = `call-${process.pid}-${(calls += 1)}`;
  const phone = await Phone.open();
  const steps = script(new CallerScript({ number, callId }), phone.port);
  return { callId, phone, caller: await Caller.call(steps, { to: server, directory }) };
}

/** Answered and talked for a while, then hung up by the caller. */
export const talks =
  (milliseconds: number) =>
  (script: CallerScript, rtpPort: number): CallerScript =>
    script.invite({ rtpPort }).answered().wait(milliseconds).bye();

/** Answered; the other side ends it. */
export const isHungUp = (script: CallerScript, rtpPort: number): CallerScript =>
  script.invite({ rtpPort }).answered().receives('BYE');

/** A call that has come to the agent. */
export async function dialAgent(
  server: MediaServer,
  agent: FakeAgent,
  directory: string,
  script: (script: CallerScript, rtpPort: number) => CallerScript,
) {
  const talk = agent.nextTalk();
  const call = await dial(server, directory, script);
  return { ...call, talk: await talk };
}
