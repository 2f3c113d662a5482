import { setTimeout as sleep } from 'node:timers/promises';
import { joined, level } from '../../media/agent/audio/pcm';
import { resample } from '../../media/agent/audio/resample';
import { Caller } from '../caller';
import { Phone } from '../phone';
import { CallerScript } from '../scenario';
import { linearToUlaw, ulawToLinear } from '../sound';
import { flite, VOICE_RATE } from '../speech/voice';
import { until } from '../until';

const LINE_RATE = 8_000;
/** Above the noise of silence in G.711 and of a codec's tail. */
const LOUD = 200;
/** A pause within a reply is shorter. */
const REPLY_OVER_MS = 900;
const REPLY_WITHIN_MS = 15_000;

export interface Heard {
  /** When the caller's last speech went out, Unix ms; of the greeting, when the phone was answered. */
  readonly since: number;
  /** When the first loud packet of the reply came. */
  readonly firstAt: number;
  /** At the voice's rate. */
  readonly samples: Int16Array;
}

/** Somebody with a telephone: SIPp signals, and the phone sends and hears G.711 as RTP. */
export class Person {
  private readonly phone: Phone;
  private readonly directory: string;
  private readonly sipp: Caller;

  private constructor(phone: Phone, directory: string, sipp: Caller) {
    this.phone = phone;
    this.directory = directory;
    this.sipp = sipp;
  }

  /** Dials and lets the other side end the call. */
  public static async dial(options: {
    readonly number: string;
    readonly callId: string;
    readonly from: string;
    readonly to: { readonly address: string; readonly port: number };
    readonly directory: string;
  }): Promise<Person> {
    const phone = await Phone.open(options.from);
    const script = new CallerScript(options).invite({ rtpPort: phone.port }).answered().receives('BYE', 60_000);
    return new Person(phone, options.directory, await Caller.call(script, options));
  }

  /** Says it, and hears the reply to its end. */
  public async ask(text: string): Promise<Heard> {
    return await this.hear(await this.phone.say(await this.spoken(text)));
  }

  public async hear(since: number): Promise<Heard> {
    const loud = () => this.phone.heard.filter(({ at, payload }) => at >= since && level(linear(payload)) > LOUD);
    const first = await until('a voice', () => loud()[0] ?? this.failIfOver(), REPLY_WITHIN_MS);
    while (Date.now() - (loud().at(-1)?.at ?? 0) < REPLY_OVER_MS && this.sipp.isRunning) await sleep(50);
    const packets = this.phone.heard.filter(({ at }) => at >= first.at);
    const samples = joined(packets.map(({ payload }) => linear(payload)));
    return { since, firstAt: first.at, samples: resample(samples, LINE_RATE, VOICE_RATE) };
  }

  /** When the other side has hung up. */
  public async over(): Promise<void> {
    await this.sipp.done(10_000);
  }

  private async spoken(text: string): Promise<Uint8Array> {
    const samples = resample(await flite(text, this.directory), VOICE_RATE, LINE_RATE);
    return Uint8Array.from(samples.slice(samples.findIndex(isVoice), samples.findLastIndex(isVoice)), linearToUlaw);
  }

  private failIfOver(): undefined {
    if (!this.sipp.isRunning) throw new Error('the call ended before the reply');
    return undefined;
  }
}

const isVoice = (sample: number): boolean => Math.abs(sample) > LOUD;

const linear = (payload: Uint8Array): Int16Array => Int16Array.from(payload, ulawToLinear);
