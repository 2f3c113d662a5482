import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { bytesOf } from '../../media/agent/audio/pcm';
import { sine } from '../../lab/sound';
import { bodyOf } from '../../lab/speech/http';
import { HOSTS, STAGE_PORTS } from './namespaces';
import { PROFILES, REPLIES, type ReplyKind, type Transport } from './profiles';
import { FILLER_TONE, REPLY_TONE } from './tones';

/** What the models do, on a clock instead of a GPU. `stages PROFILE TRANSPORT REPLY TURNS`, in the namespace that stands for their place. */
const VOICE_RATE = 24_000;
const REPLY_MS = 300;
/** As good as none, so that a filler delays the reply after it by no more. */
const FILLER_MS = 40;
const FILLER = 'One moment, please.';

const [profileName = '', transport = '', reply = '', turns = ''] = process.argv.slice(2);
const profile = PROFILES.find(({ name }) => name === profileName);
if (!profile) throw new Error(`no profile ${profileName}`);
const { text } = REPLIES[reply as ReplyKind];
const words = text.match(/\s*\S+/g) ?? [];
const headers = (transport as Transport) === 'new-connections' ? { connection: 'close' } : {};

/** To the fraction of a millisecond: what timers are late by would be taken for infrastructure. */
async function at(moment: number): Promise<void> {
  const wait = moment - performance.now() - 1.5;
  if (wait > 0) await sleep(wait);
  while (performance.now() < moment);
}

async function stt(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await bodyOf(request);
  await at(performance.now() + (profile?.stt ?? 0));
  response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end('{"text":"hello"}');
}

function realtime(socket: WebSocket): void {
  socket.on('message', (data: Buffer) => {
    const { type } = JSON.parse(data.toString()) as { type: string };
    if (type !== 'input_audio_buffer.commit') return;
    const answer = { type: 'conversation.item.input_audio_transcription.completed', transcript: 'hello' };
    void at(performance.now() + (profile?.stt ?? 0)).then(() => socket.send(JSON.stringify(answer)));
  });
}

async function llm(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  const first = performance.now() + (profile?.firstToken ?? 0);
  const send = (delta: object) => response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
  for (const [index, content] of words.entries()) {
    await at(first + index * (profile?.word ?? 0));
    if (index === 0) response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    send({ content });
  }
  if (turnOf(body) >= Number(turns)) send({ tool_calls: [END_CALL] });
  response.end('data: [DONE]\n\n');
}

/** Counts from 1: what the caller has said so far. */
function turnOf(body: Buffer): number {
  const { messages } = JSON.parse(body.toString()) as { messages: { role: string }[] };
  return messages.filter(({ role }) => role === 'user').length;
}

const END_CALL = { index: 0, id: 'end', type: 'function', function: { name: 'end_call', arguments: '{}' } };

async function tts(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { input } = JSON.parse((await bodyOf(request)).toString()) as { input: string };
  await at(performance.now() + (profile?.firstByte ?? 0));
  const [hz, ms] = input === FILLER ? [FILLER_TONE, FILLER_MS] : [REPLY_TONE, REPLY_MS];
  response.writeHead(200, { ...headers, 'content-type': 'audio/pcm' });
  response.end(bytesOf(sine(hz, VOICE_RATE, (VOICE_RATE * ms) / 1000)));
}

type Stage = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const serve = (port: number, stage: Stage): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer({ keepAliveTimeout: 120_000, noDelay: true }, (request, response) => {
      void stage(request, response).catch(() => response.destroy());
    });
    server.listen(port, HOSTS.stages, () => resolve(server));
  });

void Promise.all([serve(STAGE_PORTS.stt, stt), serve(STAGE_PORTS.llm, llm), serve(STAGE_PORTS.tts, tts)]).then(
  ([hears]) => {
    new WebSocketServer({ server: hears, perMessageDeflate: false }).on('connection', realtime);
    process.stdout.write('ready\n');
  },
);
