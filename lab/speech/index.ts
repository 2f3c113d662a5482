import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { wav } from '../../media/agent/audio/wav';
import type { MediaInput } from '../../media/contract';
import { grammar } from '../call/dialogue';
import { Daemon } from '../daemon';
import { freePort } from '../ports';
import { urlOf } from './http';
import { startModel } from './model';
import { startVoice, VOICE_RATE } from './voice';

/** Debian's Python: another one on the path has no PocketSphinx. */
export const PYTHON = '/usr/bin/python3';

/** The three services that a cell has, of Debian's programs: they hear a grammar, think by a script, speak by flite. */
export class Speech {
  public readonly urls: MediaInput['inference'];
  /** What the model was asked, as recognised. */
  public readonly heard: string[];

  private constructor(urls: MediaInput['inference'], heard: string[]) {
    this.urls = urls;
    this.heard = heard;
  }

  public static async start(directory: string): Promise<Speech> {
    const heard: string[] = [];
    const stt = startRecogniser(directory);
    const [llm, tts] = [await startModel((text) => void heard.push(text)), await startVoice(directory)];
    return new Speech({ stt: await stt, llm: urlOf(llm), tts: urlOf(tts) }, heard);
  }

  /** What these samples say. */
  public async recognise(samples: Int16Array): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(wav(samples, VOICE_RATE))], { type: 'audio/wav' }), 'heard.wav');
    const response = await fetch(`${this.urls.stt}/v1/audio/transcriptions`, { method: 'POST', body: form });
    return ((await response.json()) as { text: string }).text;
  }
}

async function startRecogniser(directory: string): Promise<string> {
  const file = path.join(directory, 'call.jsgf');
  writeFileSync(file, grammar());
  const port = await freePort();
  const daemon = new Daemon(PYTHON, [path.join(__dirname, 'recognise.py'), String(port), file]);
  await daemon.says('ready', 30_000);
  return `http://127.0.0.1:${port}`;
}
