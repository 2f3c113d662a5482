/** A SIP message taken apart as far as tests ask for it. */
export interface SipMessage {
  readonly text: string;
  /** `INVITE` or so of a request, empty in a response. */
  readonly method: string;
  /** 0 in a request. */
  readonly status: number;
  readonly uri: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export function parseSip(text: string): SipMessage {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const [first = '', second = ''] = start.split(' ');
  const isResponse = first === 'SIP/2.0';
  return {
    text,
    method: isResponse ? '' : first,
    status: isResponse ? Number(second) : 0,
    uri: isResponse ? '' : second,
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
    body: rest.join('\r\n\r\n'),
  };
}

export const headersOf = ({ headers }: SipMessage, name: string): string[] =>
  headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

export const headerOf = (message: SipMessage, name: string): string => headersOf(message, name)[0] ?? '';

/** Route entries of a message, one an element, whether on one line or many. */
export const recordRoutes = (message: SipMessage): string[] =>
  headersOf(message, 'Record-Route').flatMap((value) => value.split(/,\s*(?=<)/));

export function sipText(start: string, headers: readonly (readonly [string, string])[], body = ''): string {
  const lines = [...headers, ['Content-Length', String(Buffer.byteLength(body))] as const];
  return `${start}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/** A response that copies what RFC 3261 §8.2.6 says it copies. */
export function responseTo(
  request: SipMessage,
  status: string,
  { tag, contact, body, extra = [] }: ResponseParts = {},
): string {
  const copied = request.headers
    .filter(([name]) => /^(via|record-route|from|call-id|cseq)$/i.test(name))
    .map(([name, value]) => [name, value] as const);
  const to = headerOf(request, 'To');
  return sipText(
    `SIP/2.0 ${status}`,
    [
      ...copied,
      ['To', tag && !to.includes(';tag=') ? `${to};tag=${tag}` : to],
      ...(contact ? [['Contact', contact] as const] : []),
      ...(body ? [['Content-Type', 'application/sdp'] as const] : []),
      ...extra,
    ],
    body,
  );
}

interface ResponseParts {
  readonly tag?: string;
  readonly contact?: string;
  readonly body?: string;
  readonly extra?: readonly (readonly [string, string])[];
}
