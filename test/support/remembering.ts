import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Readable } from 'node:stream';
import type { ClientOptions } from '../../aws/reader';

type Request = Parameters<NodeHttpHandler['handle']>[0];
type Response = Awaited<ReturnType<NodeHttpHandler['handle']>>['response'];

interface Told {
  readonly response: Response;
  readonly bytes: Buffer;
}

/** The clients of an account that nobody changes: what it has told once it is not asked again, by whichever client. */
export function remembering(client: ClientOptions): ClientOptions {
  const asking = new NodeHttpHandler();
  const told = new Map<string, Promise<Told>>();
  const handle = async (request: Request): Promise<{ readonly response: Response }> => {
    const question = questionIn(request);
    const answer = told.get(question) ?? ask(asking, request);
    told.set(question, answer);
    const { response, bytes } = await answer;
    return { response: Object.assign(Object.create(response) as Response, { body: Readable.from([bytes]) }) };
  };
  return Object.assign({ requestHandler: { handle } }, client);
}

async function ask(asking: NodeHttpHandler, request: Request): Promise<Told> {
  const { response } = await asking.handle(request);
  const parts: Buffer[] = [];
  for await (const part of response.body as Readable) parts.push(part as Buffer);
  return { response, bytes: Buffer.concat(parts) };
}

/** Without the time and the signature; the region and the service stand in what is signed for. */
const questionIn = ({ method, hostname, path, query, headers, body }: Request): string => {
  const [, signedFor = ''] = /Credential=[^/]+\/\d+\/([^,]+)/.exec(headers['authorization'] ?? '') ?? [];
  const said = body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? '');
  return JSON.stringify([method, hostname, path, query, headers['x-amz-target'], signedFor, said]);
};
