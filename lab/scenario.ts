/** SIPp scenarios in a few words: a caller's side of one call. */

export interface Offer {
  /** A field of an injection file (`[field0]`) where one script has many callers. */
  readonly rtpPort: number | `[field${number}]`;
  /** RTP/AVP types in order; 101 is always telephone-event. */
  readonly types?: readonly number[];
  readonly direction?: 'sendrecv' | 'sendonly' | 'inactive';
}

export interface Callee {
  readonly number: string;
  readonly callId?: string;
}

const REQUEST = (method: string, sequence: number, callee: Callee, headers: readonly string[], body = ''): string => {
  const target =
    method === 'INVITE' && sequence === 1 ? `sip:${callee.number}@[remote_ip]:[remote_port]` : '[next_url]';
  const uri = method === 'CANCEL' ? `sip:${callee.number}@[remote_ip]:[remote_port]` : target;
  return [
    `${method} ${uri} SIP/2.0`,
    method === 'CANCEL' ? '[last_Via:]' : 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    ...(target === '[next_url]' && method !== 'CANCEL' ? ['[routes]'] : []),
    'From: caller <sip:caller@[local_ip]:[local_port]>;tag=[pid]c[call_number]',
    `To: <sip:${callee.number}@[remote_ip]:[remote_port]>${sequence === 1 && method !== 'ACK' ? '' : '[peer_tag_param]'}`,
    'Call-ID: [call_id]',
    `CSeq: ${sequence} ${method}`,
    'Contact: <sip:caller@[local_ip]:[local_port]>',
    'Max-Forwards: 70',
    ...headers,
    ...(body ? ['Content-Type: application/sdp'] : []),
    'Content-Length: [len]',
    '',
    body,
  ].join('\n');
};

const MAPS: Readonly<Record<number, string>> = { 0: 'PCMU/8000', 8: 'PCMA/8000', 9: 'G722/8000' };

const sdp = ({ rtpPort, types = [0], direction = 'sendrecv' }: Offer): string =>
  [
    'v=0',
    'o=caller 1 1 IN IP4 [local_ip]',
    's=-',
    'c=IN IP4 [local_ip]',
    't=0 0',
    `m=audio ${rtpPort} RTP/AVP ${[...types, 101].join(' ')}`,
    ...types.map((type) => `a=rtpmap:${type} ${MAPS[type]}`),
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    `a=${direction}`,
    '',
  ].join('\n');

const send = (text: string): string => `<send retrans="500"><![CDATA[\n\n${text}\n]]></send>`;
const sendOnce = (text: string): string => `<send><![CDATA[\n\n${text}\n]]></send>`;

export const pause = (milliseconds: number): string => `<pause milliseconds="${milliseconds}"/>`;
export const expectAnswer = (status: number): string => `<recv response="${status}"/>`;

/** What one caller says on one call; CSeq counts with it. */
export class CallerScript {
  private readonly steps: string[] = [];
  private readonly callee: Callee;
  private sequence = 0;

  constructor(callee: Callee) {
    this.callee = callee;
  }

  /** Sends an INVITE, the first or another one on the same call. */
  invite(offer: Offer): this {
    this.sequence += 1;
    const headers = this.callee.callId ? [`X-Voicecell-Call-Id: ${this.callee.callId}`] : [];
    this.steps.push(send(REQUEST('INVITE', this.sequence, this.callee, headers, sdp(offer))));
    this.steps.push('<recv response="100" optional="true"/>', '<recv response="180" optional="true"/>');
    return this;
  }

  answered(check = ''): this {
    this.steps.push(`<recv response="200" rrs="true">${check}</recv>`);
    this.steps.push(sendOnce(REQUEST('ACK', this.sequence, this.callee, [])));
    return this;
  }

  refused(status: number): this {
    this.steps.push(`<recv response="${status}"/>`, sendOnce(REQUEST('ACK', this.sequence, this.callee, [])));
    return this;
  }

  wait(milliseconds: number): this {
    this.steps.push(pause(milliseconds));
    return this;
  }

  /** Any other request of the dialog and the status it must get. */
  asks(method: string, status: number, headers: readonly string[] = []): this {
    this.sequence += 1;
    this.steps.push(send(REQUEST(method, this.sequence, this.callee, headers)), `<recv response="${status}"/>`);
    return this;
  }

  cancel(): this {
    this.steps.push(send(REQUEST('CANCEL', this.sequence, this.callee, [])), '<recv response="200"/>');
    return this.refused(487);
  }

  bye(): this {
    return this.asks('BYE', 200);
  }

  /** Waits for the other side's request. */
  receives(method: string, milliseconds = 30_000, answer = '200 OK', check = ''): this {
    this.steps.push(`<recv request="${method}" timeout="${milliseconds}">${check}</recv>`);
    this.steps.push(
      sendOnce(
        [
          `SIP/2.0 ${answer}`,
          '[last_Via:]',
          '[last_From:]',
          '[last_To:]',
          '[last_Call-ID:]',
          '[last_CSeq:]',
          'Contact: <sip:caller@[local_ip]:[local_port]>',
          'Content-Length: 0',
          '',
          '',
        ].join('\n'),
      ),
    );
    return this;
  }

  /** Tells how a REFER went, as whoever obeys it must. */
  notifies(fragment: string): this {
    this.sequence += 1;
    const text = REQUEST(
      'NOTIFY',
      this.sequence,
      this.callee,
      ['Event: refer', 'Subscription-State: terminated'],
      fragment,
    );
    this.steps.push(send(text.replace('application/sdp', 'message/sipfrag')), '<recv response="200"/>');
    return this;
  }

  xml(): string {
    return `<?xml version="1.0"?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n<scenario name="caller">\n${this.steps.join('\n')}\n</scenario>\n`;
  }
}
