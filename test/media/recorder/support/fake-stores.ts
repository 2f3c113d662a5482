import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FakeVersion {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly madeAt: Date;
}

type Lock = { readonly mode: string; readonly days: number } | { readonly heldDays: number } | 'none';

/** What goes wrong: the answer to a request, or nothing where it goes well. */
export type Fault = (request: Asked) => FaultAnswer | undefined;

export interface Asked {
  readonly action: string;
  /** Of this action, with this one. */
  readonly count: number;
  /** What of: the path of an object, nothing where it is a row. */
  readonly of: string;
}

type FaultAnswer =
  | { readonly status: number; readonly code: string }
  | { readonly waitMs: number }
  | { readonly hangUp: 'before' | 'after' }
  /** Not answered, the connection stays. */
  | { readonly silent: 'before' | 'after' };

export const KEY_ARN = 'arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555';
export const NUMBER_KEY = 'n'.repeat(32);

/**
 * S3 with Object Lock, versions, checksums and conditional writes, a table, and a secret, as the recorder speaks to them. The
 * emulator of AWS has no conditional write and keeps no promise under faults; this one fails when it is told to.
 */
export class FakeStores {
  readonly versions: FakeVersion[] = [];
  /** Whether what is stored can be read: a long run would keep it all. */
  keepsContent = false;
  private readonly contents = new Map<string, Buffer>();
  /** Rows by call and item, the fields as plain values. */
  readonly rows = new Map<string, Record<string, unknown>>();
  /** Requests in their order: `s3:PutObject`, … */
  readonly asked: string[] = [];
  lock: Lock = { mode: 'COMPLIANCE', days: 2192 };
  keyArn = KEY_ARN;
  /** How far its clock is ahead of ours. */
  skewMs = 0;
  fault: Fault = () => undefined;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request, response).catch(() => response.destroy());
    });
    this.server.keepAliveTimeout = 60_000;
  }

  static async start(host = '127.0.0.1'): Promise<FakeStores> {
    const stores = new FakeStores();
    await new Promise<void>((resolve) => {
      stores.server.listen(0, host, resolve);
    });
    return stores;
  }

  get url(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `http://${address}:${port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  reset(): void {
    this.versions.length = 0;
    this.asked.length = 0;
    this.rows.clear();
    this.fault = () => undefined;
    this.lock = { mode: 'COMPLIANCE', days: 2192 };
    this.keyArn = KEY_ARN;
    this.skewMs = 0;
  }

  /** How many calls have come, which are forgotten: a long run does not grow by what it has stored. */
  forgetCalls(): number {
    const calls = [...this.rows.values()].filter(({ item }) => item === 'call').length;
    this.rows.clear();
    this.versions.length = 0;
    this.asked.length = 0;
    return calls;
  }

  contentOf(versionId: string): Buffer {
    return this.contents.get(versionId) ?? Buffer.alloc(0);
  }

  row(callId: string, item: string): Record<string, unknown> | undefined {
    return this.rows.get(`${callId}/${item}`);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const action = actionOf(request);
    this.asked.push(action);
    response.setHeader('date', this.now().toUTCString());
    if (this.isSkewed(request)) return refuse(request, response, skewed(request));
    const of = new URL(request.url ?? '/', this.url).pathname.slice(1);
    const fault = this.fault({ action, of, count: this.asked.filter((one) => one === action).length });
    if (fault && 'waitMs' in fault) await sleep(fault.waitMs);
    if (fault && 'status' in fault) return refuse(request, response, fault);
    if (fault && 'hangUp' in fault && fault.hangUp === 'before') return void response.destroy();
    if (fault && 'silent' in fault && fault.silent === 'before') return;
    const done = request.headers['x-amz-target'] ? this.json(request, body) : this.s3(request, body);
    if (fault && 'hangUp' in fault) return void response.destroy();
    if (fault && 'silent' in fault) return;
    if ('code' in done) return refuse(request, response, done);
    response.writeHead(200, done.headers);
    response.end(done.text);
  }

  private now(): Date {
    return new Date(Date.now() + this.skewMs);
  }

  private isSkewed({ headers }: IncomingMessage): boolean {
    const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? [];
    const iso = `${date.replace(/(....)(..)/, '$1-$2-')}T${time.replace(/(..)(..)/, '$1:$2:')}Z`;
    return !(Math.abs(Date.parse(iso) - this.now().getTime()) <= LARGEST_SKEW_MS);
  }

  private s3(request: IncomingMessage, body: Buffer): Done {
    const url = new URL(request.url ?? '/', this.url);
    const [, bucket = '', ...rest] = url.pathname.split('/');
    const key = rest.join('/');
    if (url.searchParams.has('versions')) return this.listed(url.searchParams.get('prefix') ?? '');
    if (url.searchParams.has('retention')) return this.retention(url.searchParams.get('versionId') ?? '');
    if (request.method === 'PUT') return this.put(request, `${bucket}/${key}`, body);
    return { status: 501, code: 'NotImplemented' };
  }

  private put({ headers }: IncomingMessage, key: string, body: Buffer): Done {
    const sha256 = createHash('sha256').update(body).digest();
    if (headers['if-none-match'] === '*' && this.versions.some((one) => one.key === key))
      return { status: 412, code: 'PreconditionFailed' };
    const claimed = headers['x-amz-checksum-sha256'];
    if (claimed !== undefined && claimed !== sha256.toString('base64')) return { status: 400, code: 'BadDigest' };
    const versionId = randomUUID();
    if (this.keepsContent) this.contents.set(versionId, body);
    this.versions.push({
      key,
      versionId,
      bytes: body.length,
      sha256: sha256.toString('hex'),
      contentType: headers['content-type'] ?? '',
      headers,
      madeAt: this.now(),
    });
    return {
      text: '',
      headers: {
        'x-amz-version-id': versionId,
        'x-amz-checksum-sha256': sha256.toString('base64'),
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': this.keyArn,
      },
    };
  }

  private retention(versionId: string): Done {
    const version = this.versions.find((one) => one.versionId === versionId);
    if (!version) return { status: 404, code: 'NoSuchVersion' };
    const { lock } = this;
    if (lock === 'none') return { status: 404, code: 'NoSuchObjectLockConfiguration' };
    if ('heldDays' in lock)
      return xml(
        `<Retention><EventHold>ON</EventHold><EventHoldDuration><Days>${lock.heldDays}</Days></EventHoldDuration></Retention>`,
      );
    const until = new Date(version.madeAt.getTime() + lock.days * 86_400_000).toISOString();
    return xml(`<Retention><Mode>${lock.mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`);
  }

  private listed(prefix: string): Done {
    const found = this.versions.filter(({ key }) => key.split('/').slice(1).join('/').startsWith(prefix));
    const each = found.map(
      ({ key, versionId, madeAt, bytes }) =>
        `<Version><Key>${key.split('/').slice(1).join('/')}</Key><VersionId>${versionId}</VersionId><LastModified>${madeAt.toISOString()}</LastModified><Size>${bytes}</Size></Version>`,
    );
    return xml(`<ListVersionsResult>${each.join('')}</ListVersionsResult>`);
  }

  private json(request: IncomingMessage, body: Buffer): Done {
    const target = String(request.headers['x-amz-target']);
    const input = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    if (target.endsWith('GetSecretValue')) return said({ SecretString: NUMBER_KEY });
    if (target.endsWith('PutItem')) return this.putItem(input);
    if (target.endsWith('UpdateItem')) this.update(input);
    else return { status: 400, code: 'UnknownOperationException' };
    return said({});
  }

  /** Of conditions it knows the one that is asked. */
  private putItem(input: Record<string, unknown>): Done {
    const row = plainOf(input['Item']);
    const known = this.row(String(row['callId']), String(row['item']));
    if (input['ConditionExpression'] !== 'attribute_not_exists(#bytes) OR #bytes <= :bytes')
      return { status: 400, code: 'ValidationException' };
    if (Number(known?.['bytes']) > Number(row['bytes']))
      return { status: 400, code: 'ConditionalCheckFailedException' };
    this.putRow(row);
    return said({});
  }

  private putRow(row: Record<string, unknown>): void {
    this.rows.set(`${String(row['callId'])}/${String(row['item'])}`, row);
  }

  private update(input: Record<string, unknown>): void {
    const key = plainOf(input['Key']);
    const names = input['ExpressionAttributeNames'] as Record<string, string>;
    const values = plainOf(input['ExpressionAttributeValues']);
    const pairs = String(input['UpdateExpression']).replace('SET ', '').split(', ');
    const set = pairs.map((pair) => {
      const [name = '', value = ''] = pair.split(' = ');
      return [names[name], values[value]];
    });
    const known = this.row(String(key['callId']), String(key['item']));
    this.putRow({ ...known, ...key, ...Object.fromEntries(set) });
  }
}

type Done =
  | { readonly text: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly status: number; readonly code: string };

const xml = (text: string): Done => ({ text, headers: { 'content-type': 'application/xml' } });

const said = (value: unknown): Done => ({
  text: JSON.stringify(value),
  headers: { 'content-type': 'application/x-amz-json-1.0' },
});

/** Of a request's clock (S3 API, `RequestTimeTooSkewed`; IAM user guide, "Signature Version 4"). */
const LARGEST_SKEW_MS = 900_000;

const skewed = ({ headers }: IncomingMessage): { readonly status: number; readonly code: string } =>
  headers['x-amz-target']
    ? { status: 400, code: 'InvalidSignatureException' }
    : { status: 403, code: 'RequestTimeTooSkewed' };

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, code }: { status: number; code: string },
): void {
  response.writeHead(status, {
    'content-type': request.headers['x-amz-target'] ? 'application/x-amz-json-1.0' : 'application/xml',
  });
  response.end(
    request.headers['x-amz-target']
      ? JSON.stringify({ __type: code, message: code })
      : `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}

function actionOf({ method, url = '', headers }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  if (target)
    return String(target).startsWith('DynamoDB')
      ? `dynamodb:${String(target).split('.')[1]}`
      : 'secretsmanager:GetSecretValue';
  if (url.includes('retention')) return 's3:GetObjectRetention';
  return url.includes('versions') ? 's3:ListBucketVersions' : `s3:${method === 'PUT' ? 'PutObject' : String(method)}`;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

type Attribute = { S?: string; N?: string; BOOL?: boolean; M?: Record<string, Attribute> };

const plainOf = (attributes: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(attributes as Record<string, Attribute>).map(([name, { S, N, BOOL, M }]) => [
      name,
      S ?? (N === undefined ? (BOOL ?? plainOf(M)) : Number(N)),
    ]),
  );
