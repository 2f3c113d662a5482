import { leadingTrim } from '../audio/trim';
import { joined } from '../audio/pcm';
import type { StageContext, Tts } from '../stages/types';

/** Phrases of the agent's own, each made once: a filler must be there when the engine is not. */
export class VoiceBox {
  private readonly known = new Map<string, Int16Array>();

  private readonly tts: Tts;

  public constructor(tts: Tts) {
    this.tts = tts;
  }

  public ready(text: string, voice: string): Int16Array | undefined {
    return this.known.get(key(text, voice));
  }

  public async say(text: string, voice: string, context: StageContext): Promise<Int16Array> {
    return this.ready(text, voice) ?? (await this.make(text, voice, context));
  }

  private async make(text: string, voice: string, context: StageContext): Promise<Int16Array> {
    const parts: Int16Array[] = [];
    const trim = leadingTrim();
    for await (const samples of this.tts.speak(text, voice, context)) parts.push(trim(samples));
    const all = joined(parts);
    this.known.set(key(text, voice), all);
    return all;
  }
}

const key = (text: string, voice: string): string => `${voice}\n${text}`;
