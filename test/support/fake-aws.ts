import { createHash, createHmac } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const SECRET = 'secret-of-the-node-role';

interface Address {
  readonly allocation: string;
  readonly address: string;
  holder: string | undefined;
}

/** The metadata service (paths under `/<eni>/latest/`) and the EC2 Query API of a region with one pool. */
export class FakeAws {
  readonly claims: string[] = [];
  /** Requests that AWS would have refused: without a session token, or wrongly signed. */
  readonly refused: string[] = [];
  filters: Record<string, string> = {};
  /** Error codes of the next answers of EC2. */
  failures: string[] = [];
  beforeFirstClaim: ((allocation: string) => void) | undefined;
  private readonly server: Server;
  private addresses: Address[] = [];

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<FakeAws> {
    const fake = new FakeAws();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  pool(...addresses: readonly (readonly [allocation: string, address: string, holder?: string])[]): void {
    this.addresses = addresses.map(([allocation, address, holder]) => ({ allocation, address, holder }));
  }

  give(allocation: string, eni: string | undefined): void {
    for (const address of this.addresses) if (address.allocation === allocation) address.holder = eni;
  }

  holders(): Record<string, string | undefined> {
    return Object.fromEntries(this.addresses.map(({ address, holder }) => [address, holder]));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const [, eni = '', path = ''] = /^\/([^/]+)\/latest\/(.*)$/.exec(request.url ?? '') ?? [];
    const [status, text] = eni === '' ? this.ec2(request, body) : this.imds(request, eni, path);
    response.writeHead(status).end(text);
  }

  private imds(request: IncomingMessage, eni: string, path: string): [number, string] {
    if (request.method === 'PUT' && path === 'api/token') return [200, `token-of-${eni}`];
    if (request.headers['x-aws-ec2-metadata-token'] !== `token-of-${eni}`)
      return this.refuse(`${request.method} ${path}`, 401);
    const answers: Record<string, string> = {
      'meta-data/mac': '0e:00:00:00:00:01',
      'meta-data/network/interfaces/macs/0e:00:00:00:00:01/interface-id': eni,
      'meta-data/services/domain': 'amazonaws.com',
      'meta-data/iam/security-credentials/': 'edge-node',
      'meta-data/iam/security-credentials/edge-node': JSON.stringify({
        AccessKeyId: 'AKIA',
        SecretAccessKey: SECRET,
        Token: 'session',
      }),
    };
    const answer = answers[path];
    return answer === undefined ? [404, ''] : [200, answer];
  }

  private ec2(request: IncomingMessage, body: string): [number, string] {
    if (!isSigned(request, body)) return this.refuse('signature', 401);
    const failure = this.failures.shift();
    if (failure) return error(failure);
    const parameters = new URLSearchParams(body);
    return parameters.get('Action') === 'DescribeAddresses' ? this.describe(parameters) : this.associate(parameters);
  }

  private describe(parameters: URLSearchParams): [number, string] {
    this.filters = Object.fromEntries(
      [1, 2, 3].map((n) => [parameters.get(`Filter.${n}.Name`) ?? '', parameters.get(`Filter.${n}.Value.1`) ?? '']),
    );
    const items = this.addresses.map(({ allocation, address, holder }) => {
      const held = holder ? `<networkInterfaceId>${holder}</networkInterfaceId>` : '';
      return `<item><publicIp>${address}</publicIp><allocationId>${allocation}</allocationId>${held}</item>`;
    });
    return [200, xml('DescribeAddressesResponse', `<addressesSet>${items.join('')}</addressesSet>`)];
  }

  private associate(parameters: URLSearchParams): [number, string] {
    const allocation = parameters.get('AllocationId') ?? '';
    this.claims.push(allocation);
    this.beforeFirstClaim?.(allocation);
    this.beforeFirstClaim = undefined;
    const address = this.addresses.find((candidate) => candidate.allocation === allocation);
    if (!address) return error('InvalidAllocationID.NotFound');
    if (address.holder && parameters.get('AllowReassociation') === 'false') return error('Resource.AlreadyAssociated');
    address.holder = parameters.get('NetworkInterfaceId') ?? undefined;
    return [200, xml('AssociateAddressResponse', '<return>true</return>')];
  }

  private refuse(what: string, status: number): [number, string] {
    this.refused.push(what);
    return [status, ''];
  }
}

const xml = (name: string, content: string): string =>
  `<?xml version="1.0"?><${name} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${name}>`;

const error = (code: string): [number, string] => [
  400,
  `<?xml version="1.0"?><Response><Errors><Error><Code>${code}</Code><Message>m</Message></Error></Errors></Response>`,
];

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
