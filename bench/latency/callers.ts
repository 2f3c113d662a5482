import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { level } from '../../media/agent/audio/pcm';
import { Caller } from '../../lab/caller';
import { end } from '../../lab/cleanup';
import { type Packet, Phone } from '../../lab/phone';
import { CallerScript } from '../../lab/scenario';
import { toneShare, ulawToLinear } from '../../lab/sound';
import { temporaryDirectory } from '../../lab/temporary';
import { until } from '../../lab/until';
import { HOSTS } from './namespaces';
import { REPLY_TONE } from './tones';

/** Callers who say a word, hear the reply and say it again. `callers PORT TURNS NUMBER...`, in the namespace of the callers. */
export interface HeardTurn {
  readonly number: string;
  readonly turn: number;
  /** Unix ms. */
  readonly lastSpeechAt: number;
  /** Absent where no reply came. */
  readonly firstReplyAt?: number;
}

const SPEECH = path.join(__dirname, '..', '..', 'test', 'media', 'agent', 'support', 'speech.ulaw');
/** Its first word, "hello", without the silence around it; bytes of 8 a millisecond. */
const HELLO = readFileSync(SPEECH).subarray(140 * 8, 700 * 8);
const RATE = 8_000;
const LOUD = 200;
const QUIET_MS = 350;
const WITHIN_MS = 5_000;
/** Speech that a machine busy with other things carries too late to be heard. */
const MOST_UNANSWERED = 5;
const APART_MS = 170;

const [port = '', turns = '', ...numbers] = process.argv.slice(2);

function isReply({ payload }: Packet): boolean {
  const samples = Int16Array.from(payload, ulawToLinear);
  return level(samples) > LOUD && toneShare(samples, RATE, REPLY_TONE) > 0.2;
}

const isLoud = ({ payload }: Packet): boolean => level(Int16Array.from(payload, ulawToLinear)) > LOUD;

/** Looks at each packet once. */
async function firstReply(phone: Phone): Promise<number> {
  let seen = 0;
  return await until(
    'a reply',
    () => {
      const found = phone.heard.slice(seen).find(isReply);
      seen = phone.heard.length;
      return found?.at;
    },
    WITHIN_MS,
  );
}

async function quiet(phone: Phone): Promise<void> {
  await until(
    'an end of the reply',
    () => phone.heard.length >= QUIET_MS / 20 && !phone.heard.slice(-QUIET_MS / 20).some(isLoud),
    WITHIN_MS,
  );
}

async function call(number: string, index: number, directory: string): Promise<void> {
  await sleep(index * APART_MS);
  const phone = await Phone.open(HOSTS.caller);
  const script = new CallerScript({ number }).invite({ rtpPort: phone.port }).answered().receives('BYE', 120_000);
  const to = { address: HOSTS.edge, port: Number(port) };
  const sipp = await Caller.call(script, { to, from: HOSTS.caller, directory });
  await firstReply(phone);
  let answered = 0;
  for (let turn = 0; answered < Number(turns) && turn < Number(turns) + MOST_UNANSWERED; turn += 1) {
    await quiet(phone);
    phone.heard.length = 0;
    const lastSpeechAt = await phone.say(HELLO);
    const firstReplyAt = await firstReply(phone).catch(() => undefined);
    const heard: HeardTurn = { number, turn, lastSpeechAt, firstReplyAt };
    process.stdout.write(`${JSON.stringify(heard)}\n`);
    if (firstReplyAt !== undefined) answered += 1;
  }
  await sipp.done(15_000);
}

const directory = temporaryDirectory();
void Promise.all(numbers.map((number, index) => call(number, index, directory)))
  .then(
    () => 0,
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      return 1;
    },
  )
  .then(async (code) => {
    await end();
    process.exit(code);
  });
