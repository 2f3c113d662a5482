import { createHash, createHmac } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const SECRET = 'secret-of-the-node-role';

export type Answer = readonly [status: number, text: string];

/** The metadata service (paths under `/<name of the caller>/latest/`) and the EC2 Query API of a region, as a node sees them. */
export abstract class FakeNodeAws {
  /** Requests that AWS would have refused: without a session token, or wrongly signed. */
  readonly refused: string[] = [];
  filters: Record<string, string> = {};
  /** Error codes of the next answers of EC2. */
  failures: string[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What EC2 does. */
  protected abstract act(action: string, parameters: URLSearchParams): Answer;

  /** What the metadata service knows of a caller beyond its credentials. */
  protected abstract metadata(caller: string): Readonly<Record<string, string>>;

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const [, caller = '', path = ''] = /^\/([^/]+)\/latest\/(.*)$/.exec(request.url ?? '') ?? [];
    const [status, text] = caller === '' ? this.ec2(request, body) : this.imds(request, caller, path);
    response.writeHead(status).end(text);
  }

  private imds(request: IncomingMessage, caller: string, path: string): Answer {
    if (request.method === 'PUT' && path === 'api/token') return [200, `token-of-${caller}`];
    if (request.headers['x-aws-ec2-metadata-token'] !== `token-of-${caller}`)
      return this.refuse(`${request.method} ${path}`, 401);
    const answer = { ...CREDENTIALS, ...this.metadata(caller) }[path.replace('meta-data/', '')];
    return answer === undefined ? [404, ''] : [200, answer];
  }

  private ec2(request: IncomingMessage, body: string): Answer {
    if (!isSigned(request, body)) return this.refuse('signature', 401);
    const failure = this.failures.shift();
    if (failure) return error(failure);
    const parameters = new URLSearchParams(body);
    const action = parameters.get('Action') ?? '';
    if (action.startsWith('Describe')) this.filters = filtersOf(parameters);
    return this.act(action, parameters);
  }

  private refuse(what: string, status: number): Answer {
    this.refused.push(what);
    return [status, ''];
  }
}

export const xml = (name: string, content: string): Answer => [
  200,
  `<?xml version="1.0"?><${name} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${name}>`,
];

export const error = (code: string): Answer => [
  400,
  `<?xml version="1.0"?><Response><Errors><Error><Code>${code}</Code><Message>m</Message></Error></Errors></Response>`,
];

const CREDENTIALS: Readonly<Record<string, string>> = {
  'services/domain': 'amazonaws.com',
  'iam/security-credentials/': 'node',
  'iam/security-credentials/node': JSON.stringify({ AccessKeyId: 'AKIA', SecretAccessKey: SECRET, Token: 'session' }),
};

const filtersOf = (parameters: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [1, 2, 3].map((n) => [parameters.get(`Filter.${n}.Name`) ?? '', parameters.get(`Filter.${n}.Value.1`) ?? '']),
  );

/** Computes the Signature Version 4 of the request anew, from what arrived. */
function isSigned({ headers }: IncomingMessage, body: string): boolean {
  const authorization = /Credential=AKIA\/(\S+), SignedHeaders=(\S+), Signature=(\w+)/.exec(
    headers.authorization ?? '',
  );
  const [, scope = '', names = '', signature] = authorization ?? [];
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonical = ['POST', '/', '', lines.join(''), names, hash(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, hash(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((previous, part) => mac(previous, part), `AWS4${SECRET}`);
  return mac(key, toSign).toString('hex') === signature && scope.endsWith('/us-east-1/ec2/aws4_request');
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
