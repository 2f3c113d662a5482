import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf, level } from '../../media/agent/audio/pcm';
import { sine } from '../../lab/sound';
import { bodyOf } from '../../lab/speech/http';
import { PROFILES, REPLIES } from '../latency/profiles';
import { FILLER_TONE, REPLY_TONE } from '../latency/tones';

/**
 * What the models do, on a clock instead of a GPU: as long as NVIDIA's blueprint takes at 8 streams. Words are heard in
 * what is loud only, so a caller whose voice did not come gets no reply; a reply is another tone than the agent's own words.
 */
const VOICE_RATE = 24_000;
const CHARACTER_MS = 65;
const QUIET = 100;
const [PROFILE] = PROFILES;
if (!PROFILE) throw new Error('no profile');
const REPLY = REPLIES.clause.text;
const WORDS = REPLY.match(/\s*\S+/g) ?? [];
const HEADER_BYTES = 44;

const voices = new Map<string, Uint8Array>();

/** Made once: what a real voice costs is not this machine's. */
function voiceOf(text: string): Uint8Array {
  const known = voices.get(text);
  if (known) return known;
  const hz = REPLY.includes(text) ? REPLY_TONE : FILLER_TONE;
  const made = bytesOf(sine(hz, VOICE_RATE, (VOICE_RATE * CHARACTER_MS * text.length) / 1000));
  voices.set(text, made);
  return made;
}

async function stt(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  await sleep(PROFILE?.stt);
  const from = body.indexOf('RIFF') + HEADER_BYTES;
  const samples = Int16Array.from({ length: Math.floor((body.length - from) / 2) }, (_, at) =>
    body.readInt16LE(from + 2 * at),
  );
  const text = level(samples) > QUIET ? 'I would like to book an appointment' : '';
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ text }));
}

async function llm(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await bodyOf(request);
  await sleep(PROFILE?.firstToken);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of WORDS) {
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);
    await sleep(PROFILE?.word);
  }
  response.end('data: [DONE]\n\n');
}

async function tts(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { input } = JSON.parse((await bodyOf(request)).toString()) as { input: string };
  await sleep(PROFILE?.firstByte);
  response.writeHead(200, { 'content-type': 'audio/pcm' }).end(voiceOf(input));
}

const ROUTES: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>> = {
  '/v1/audio/transcriptions': stt,
  '/v1/chat/completions': llm,
  '/v1/audio/speech': tts,
};

const server = createServer({ keepAliveTimeout: 120_000, noDelay: true }, (request, response) => {
  const answer = ROUTES[request.url ?? ''];
  if (answer) void answer(request, response).catch(() => response.destroy());
  else response.writeHead(404).end();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`));
