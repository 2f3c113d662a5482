import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answerTo } from '../call/dialogue';
import { bodyOf, listen } from './http';

/** As a model in the cell would stream them. */
const FIRST_TOKEN_MS = 60;
const TOKEN_MS = 10;

interface Request {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** `POST /v1/chat/completions`, streamed, by a script instead of a model. Tells `heard` what it was asked. */
export async function startModel(heard: (text: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then((body) => {
        const { messages } = JSON.parse(body.toString()) as Request;
        const text = messages.findLast(({ role }) => role === 'user')?.content ?? '';
        heard(text);
        return stream(response, answerTo(text));
      })
      .catch(() => response.destroy());
  });
  return await listen(server);
}

async function stream(response: ServerResponse, { says, endsCall }: Answer): Promise<void> {
  await sleep(FIRST_TOKEN_MS);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of says.match(/\s*\S+/g) ?? []) {
    send(response, { content });
    await sleep(TOKEN_MS);
  }
  if (endsCall) send(response, { tool_calls: [END_CALL] });
  response.end('data: [DONE]\n\n');
}

const send = (response: ServerResponse, delta: object): void =>
  void response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);

const END_CALL = { index: 0, id: 'end', type: 'function', function: { name: 'end_call', arguments: '{}' } };
