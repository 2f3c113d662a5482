import type { CallFile } from '../contract/spool.ts';
import type { Message } from './manager.ts';

/** What is the same for every call of this start of the server. */
export interface Standing {
  readonly boot: string;
  readonly consentMode: string;
  /** Prompt that asks for consent or tells of the recording, in a language, with its version; nothing where none is played. */
  readonly promptId: (language: string) => string | undefined;
}

/**
 * What the recorder is told of a call, after one message of the dialplan.
 * @param at ISO, UTC with milliseconds
 * @returns the same file where the message tells nothing new
 */
export function callFileAfter(
  file: CallFile | undefined,
  message: Message,
  { standing, at }: { readonly standing: Standing; readonly at: string },
): CallFile | undefined {
  switch (message['Kind']) {
    case 'offered':
      return offered(message, standing, at);
    case 'callConsent':
      return file && { ...file, consent: consentIn(message, standing, at) };
    case 'callEnded':
      return file && { ...file, endedAt: at };
    default:
      return file;
  }
}

function offered(message: Message, { boot }: Standing, at: string): CallFile {
  const { CallId: callId = '', Function: name = '', Carrier: carrier = '', Number: number = '' } = message;
  const callerNumber = e164(number);
  return {
    v: 1,
    callId,
    boot,
    startedAt: at,
    ...(name === '' ? {} : { function: name }),
    ...(carrier === '' ? {} : { carrier }),
    ...(callerNumber === undefined ? {} : { callerNumber }),
  };
}

function consentIn(message: Message, { consentMode, promptId }: Standing, ts: string): CallFile['consent'] {
  const played = promptId(message['Language'] ?? '');
  const granted = message['Outcome'] !== 'refused';
  return { mode: consentMode, granted, ts, ...(played === undefined ? {} : { promptId: played }) };
}

/** With its plus, or so long that its country is in it. What is shorter may be a number of any country: it is left out. */
function e164(number: string): string | undefined {
  if (/^\+[1-9]\d{6,14}$/.test(number)) return number;
  return /^[1-9]\d{10,14}$/.test(number) ? `+${number}` : undefined;
}
