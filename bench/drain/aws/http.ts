import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';

export interface Said {
  readonly status?: number;
  readonly type?: string;
  readonly text: string;
}

export type Answer = (request: IncomingMessage, body: string) => Said;

export const json = (value: unknown, status = 200): Said => ({
  status,
  type: 'application/x-amz-json-1.1',
  text: JSON.stringify(value),
});

export const refused = (type: string, message: string): Said => json({ __type: type, message }, 400);

export const nothing: Said = { status: 404, text: '' };

export async function serve(host: string, port: number, answer: Answer): Promise<Server> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { status = 200, type = 'text/plain', text } = answer(request, body);
      response.writeHead(status, { 'content-type': type }).end(text);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
