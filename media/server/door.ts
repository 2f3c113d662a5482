import { createServer, type IncomingMessage, type Server } from 'node:http';

/** What the agent may ask of the call it talks on, and the node's own lifecycle of all. */
export interface Requests {
  /** False where there is no such call or variable. */
  readonly setVariable: (channel: string, variable: string, value: string) => Promise<boolean>;
  /** Keys pressed while paused; undefined where there is no such call. */
  readonly takeDigits: (channel: string) => string | undefined;
  /** Calls in progress. */
  readonly count: () => number;
}

const PATH = /^\/channels\/([\w.-]{1,64})\/(variable|digits)$/;

interface Answer {
  readonly status: number;
  readonly body?: object;
}

/** The door of agent and lifecycle: loopback, and whoever asks shows the secret of this boot. */
export function openDoor(port: number, secret: string, requests: Requests): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(request, secret, requests).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      response.end(body ? JSON.stringify(body) : '');
    });
  });
  server.requestTimeout = 5_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function answer(request: IncomingMessage, secret: string, requests: Requests): Promise<Answer> {
  request.resume();
  if (request.headers.authorization !== `Bearer ${secret}`) return { status: 401 };
  if (request.method === 'GET' && request.url === '/calls') return { status: 200, body: { calls: requests.count() } };
  if (request.method !== 'POST') return { status: 405 };
  const url = new URL(request.url ?? '/', 'http://door');
  const [, channel, what] = PATH.exec(url.pathname) ?? [];
  if (channel === undefined) return { status: 404 };
  if (what === 'digits') return digitsAnswer(requests.takeDigits(channel));
  const { variable = '', value = '' } = Object.fromEntries(url.searchParams);
  return { status: (await requests.setVariable(channel, variable, value)) ? 204 : 404 };
}

const digitsAnswer = (digits: string | undefined): Answer =>
  digits === undefined ? { status: 404 } : { status: 200, body: { digits } };
