import { WebSocketServer, type WebSocket } from 'ws';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Service } from '../../../media/agent/pool/service';
import { streamingStt } from '../../../media/agent/stages/stt-streaming';
import { openAiTts } from '../../../media/agent/stages/tts';
import { openAiLlm } from '../../../media/agent/stages/llm';
import type { StageContext } from '../../../media/agent/stages/types';
import { FakeModels } from './support/fake-models';
import { hello } from './support/speech';

const retries: string[] = [];
const context = (): StageContext => ({
  signal: new AbortController().signal,
  onRetry: (reason) => void retries.push(reason),
});
beforeEach(() => retries.splice(0));

async function* none() {}

async function textOf(parts: AsyncIterable<{ text: string } | object> = none()): Promise<string> {
  let all = '';
  for await (const part of parts) all += 'text' in part ? part.text : '';
  return all;
}

describe('streaming transcription', () => {
  let server: WebSocketServer;
  let service: Service;
  const sockets: WebSocket[] = [];
  let bytes = 0;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    service = new Service(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await service.start();
    bytes = 0;
    sockets.length = 0;
    server.on('connection', (socket) => {
      sockets.push(socket);
      socket.on('message', (data: Buffer) =>
        hear(socket, JSON.parse(data.toString()) as { type: string; audio?: string }),
      );
    });
  });
  afterEach(() => {
    service.stop();
    for (const socket of sockets) socket.terminate();
    server.close();
  });

  function hear(socket: WebSocket, { type, audio = '' }: { type: string; audio?: string }): void {
    if (type === 'input_audio_buffer.append') bytes += Buffer.from(audio, 'base64').length;
    if (type !== 'input_audio_buffer.commit') return;
    const answer = { type: 'conversation.item.input_audio_transcription.completed', transcript: `heard ${bytes}` };
    bytes = 0;
    socket.send(JSON.stringify(answer));
  }

  const options = { model: 'stt', timeoutMs: 500 };

  test('the words of all commits are the turn', async () => {
    const turn = streamingStt(service, options).begin('en-US');
    turn.push(hello());
    expect(await turn.text(context())).toBe(`heard ${hello().byteLength}`);
    turn.push(hello());
    expect(await turn.text(context())).toBe(`heard ${hello().byteLength} heard ${hello().byteLength}`);
    turn.close();
  });

  test('a connection that dies in the turn costs no word: all of it is sent again', async () => {
    const turn = streamingStt(service, options).begin('en-US');
    turn.push(hello());
    await turn.text(context());
    sockets[0]?.terminate();
    await once(sockets[0] as WebSocket, 'close');
    await new Promise((resolve) => setTimeout(resolve, 20));
    turn.push(hello());
    expect(await turn.text(context())).toBe(`heard ${2 * hello().byteLength}`);
    turn.close();
  });
});

describe('replicas behind one name', () => {
  let good: FakeModels;
  let bad: FakeModels;
  let service: Service;

  beforeEach(async () => {
    good = await FakeModels.start({}, '127.0.0.1');
    bad = await FakeModels.start({ broken: { llm: 'error', tts: 'hang' } }, '127.0.0.2', good.port);
    service = new Service(`http://models.cell.internal:${good.port}`, async () => ['127.0.0.1', '127.0.0.2']);
    await service.start();
  });
  afterEach(() => {
    service.stop();
    good.stop();
    bad.stop();
  });

  test('a call asks another replica of the model when its own fails, and every call gets its answer', async () => {
    const llm = openAiLlm(service, { model: 'llm', timeoutMs: 500 });
    for (let call = 0; call < 12; call += 1) {
      const request = { messages: [{ role: 'user' as const, content: 'hi' }], tools: [], key: `call-${call}` };
      expect(await textOf(llm.reply(request, context()))).toBe('Certainly, I can help you with that.');
    }
    expect(bad.requests.llm).toBeGreaterThan(0);
    // Two failures eject it: twelve calls did not all try it.
    expect(bad.requests.llm).toBeLessThanOrEqual(2);
    expect(retries).toEqual(Array.from({ length: bad.requests.llm }, () => 'failed'));
  });

  test('a voice that hangs is left after its time', async () => {
    const tts = openAiTts(service, { model: 'tts', sampleRate: 24_000, timeoutMs: 300 });
    for (let call = 0; call < 4; call += 1) {
      let samples = 0;
      for await (const piece of tts.speak('A short sentence.', 'voice', context())) samples += piece.length;
      expect(samples).toBe(17 * 20 * 16);
    }
    expect(bad.requests.tts).toBeGreaterThan(0);
    expect(new Set(retries)).toEqual(new Set(['timeout']));
  });
});
