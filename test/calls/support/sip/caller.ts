import { randomUUID } from 'node:crypto';
import { type SipMessage, headerOf, recordRoutes, sipText } from './message';
import type { SipPeer } from './peer';

export interface Offer {
  readonly uri: string;
  readonly body?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly callId?: string;
  readonly fromTag?: string;
  readonly contact?: string;
}

/** The carrier's side of one call. Every message can be bent by `headers`, which come before its own. */
export class Caller {
  readonly peer: SipPeer;
  readonly callId: string;
  readonly fromTag: string;
  readonly offer: Offer;
  invite = '';
  private cseq = 1;
  private answer?: SipMessage;

  constructor(peer: SipPeer, offer: Offer) {
    this.peer = peer;
    this.offer = offer;
    this.callId = offer.callId ?? randomUUID();
    this.fromTag = offer.fromTag ?? randomUUID().slice(0, 8);
  }

  get toTag(): string {
    return /;tag=([^;]+)/.exec(headerOf(this.established, 'To'))?.[1] ?? '';
  }

  /** The call's 200, with the routes and the contact that in-dialog requests follow. */
  get established(): SipMessage {
    if (!this.answer) throw new Error('the call is not answered');
    return this.answer;
  }

  sendInvite(): void {
    this.invite = this.text('INVITE', this.offer.uri, { body: this.offer.body, extra: this.offer.headers });
    this.peer.send(this.invite);
  }

  /** A dialog-creating request that is not sent. */
  draft = (method: string): string => this.text(method, this.offer.uri, { body: this.offer.body });

  /** Calls and acknowledges; fails with what came instead of a 200. */
  async establish(): Promise<this> {
    this.sendInvite();
    const final = await this.peer.final();
    if (final.status !== 200) throw new Error(`no 200 but ${final.text}`);
    return this.answeredBy(final);
  }

  answeredBy(final: SipMessage): this {
    this.answer = final;
    this.ack();
    return this;
  }

  async refused(): Promise<SipMessage> {
    this.sendInvite();
    const final = await this.peer.final();
    if (final.status < 300) throw new Error(`no refusal but ${final.text}`);
    this.acknowledge(final);
    return final;
  }

  cancel(): void {
    this.peer.send(
      this.invite
        .replace(/^INVITE/, 'CANCEL')
        .replace(/CSeq: \d+ INVITE/, `CSeq: ${this.cseq} CANCEL`)
        .replace(/Content-Type: .*\r\n/, '')
        .replace(/Content-Length: \d+\r\n\r\n[\s\S]*$/, 'Content-Length: 0\r\n\r\n'),
    );
  }

  ack = (): void => this.peer.send(this.inDialog('ACK'));

  async hangUp(): Promise<SipMessage> {
    this.peer.send(this.inDialog('BYE'));
    return this.peer.next(
      'an answer to BYE',
      ({ status, headers }) =>
        status >= 200 && headers.some(([name, value]) => name === 'CSeq' && value.endsWith('BYE')),
    );
  }

  /** A request of the established dialog; `bent` replaces parts of it. */
  inDialog(method: string, bent: Bent = {}): string {
    if (method !== 'ACK') this.cseq += 1;
    const target = /<([^>]+)>/.exec(headerOf(this.established, 'Contact'))?.[1] ?? this.offer.uri;
    return this.text(method, bent.uri ?? target, {
      toTag: this.toTag,
      routes: recordRoutes(this.established).toReversed(),
      ...bent,
    });
  }

  /** The ACK of a refusal, which goes hop by hop. */
  acknowledge = (final: SipMessage): void =>
    this.peer.send(
      this.invite
        .replace(/^INVITE/, 'ACK')
        .replace(/CSeq: (\d+) INVITE/, 'CSeq: $1 ACK')
        .replace(/^To: .*$/m, `To: ${headerOf(final, 'To')}`)
        .replace(/Content-Type: .*\r\n/, '')
        .replace(/Content-Length: \d+\r\n\r\n[\s\S]*$/, 'Content-Length: 0\r\n\r\n'),
    );

  private text(method: string, uri: string, bent: Bent): string {
    const { transport, place } = this.peer;
    const to = `<${this.offer.uri}>${(bent.toTag ?? '') === '' ? '' : `;tag=${bent.toTag}`}`;
    return sipText(
      `${method} ${uri} SIP/2.0`,
      [
        ...(bent.extra ?? []),
        ['Via', `SIP/2.0/${transport} ${place.address}:${place.port};branch=z9hG4bK${randomUUID()};rport`],
        ...(bent.routes ?? []).map((route) => ['Route', route] as const),
        ['Max-Forwards', '70'],
        ['From', `<sip:+12025550199@carrier.example>;tag=${bent.fromTag ?? this.fromTag}`],
        ['To', to],
        ['Call-ID', bent.callId ?? this.callId],
        ['CSeq', `${this.cseq} ${method}`],
        [
          'Contact',
          this.offer.contact ??
            `<sip:+12025550199@${place.address}:${place.port};transport=${transport.toLowerCase()}>`,
        ],
        ...(bent.body ? [['Content-Type', 'application/sdp'] as const] : []),
      ],
      bent.body,
    );
  }
}

interface Bent {
  readonly uri?: string;
  readonly toTag?: string;
  readonly fromTag?: string;
  readonly callId?: string;
  readonly routes?: readonly string[];
  readonly body?: string;
  readonly extra?: readonly (readonly [string, string])[];
}
