import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { bodyOf, listen } from './http';

const run = promisify(execFile);
const WAV_HEADER = 44;
/** What Debian's `flite` makes. */
export const VOICE_RATE = 16_000;
let utterances = 0;

/** Speech by flite, 16-bit samples at 16 kHz. */
export async function flite(text: string, directory: string, voice = 'rms'): Promise<Int16Array> {
  const file = path.join(directory, `utterance-${(utterances += 1)}.wav`);
  await run('flite', ['-voice', voice, '-t', text, '-o', file]);
  const wav = await readFile(file);
  return new Int16Array(new Uint8Array(wav.subarray(WAV_HEADER)).buffer);
}

/** `POST /v1/audio/speech` as raw PCM. */
export async function startVoice(directory: string): Promise<Server> {
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then((body) => flite((JSON.parse(body.toString()) as { input: string }).input, directory))
      .then((samples) => {
        response.writeHead(200, { 'content-type': 'audio/pcm' });
        response.end(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
      })
      .catch(() => response.destroy());
  });
  return await listen(server);
}
