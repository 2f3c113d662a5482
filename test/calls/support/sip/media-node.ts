import { randomUUID } from 'node:crypto';
import { sdp } from './sdp';
import { type SipMessage, headerOf, responseTo, sipText } from './message';
import { type Place, UdpPeer } from './peer';

/** A media node that says 200 to everything: what the edge sees of Asterisk. */
export class MediaNode {
  readonly peer: UdpPeer;
  readonly place: Place;
  /** INVITEs it got, oldest first; repetitions left out. */
  readonly invites: SipMessage[] = [];
  /** What it says to an INVITE; nothing at all if undefined. */
  answer: string | undefined = '200 OK';
  /** Whether it answers anything, the edge's probes too. */
  isAlive = true;
  rtpPort = 40_000;
  private readonly tag = randomUUID().slice(0, 8);

  private constructor(peer: UdpPeer) {
    this.peer = peer;
    this.place = peer.place;
    peer.onMessage = (message, from) => this.reply(message, from);
  }

  static async at(place: Place, edge: Place): Promise<MediaNode> {
    return new MediaNode(await UdpPeer.at(place, edge));
  }

  get lastInvite(): SipMessage {
    const invite = this.invites.at(-1);
    if (!invite) throw new Error(`no INVITE came to ${this.uri}`);
    return invite;
  }

  get uri(): string {
    return `sip:${this.place.address}:${this.place.port}`;
  }

  /** A request of its own in the dialog of `invite`. */
  inDialog(method: string, invite: SipMessage, { body = '', extra = [] as [string, string][] } = {}): string {
    const from = `${headerOf(invite, 'To')};tag=${this.tag}`;
    const target = /<([^>]+)>/.exec(headerOf(invite, 'Contact'))?.[1] ?? '';
    return sipText(
      `${method} ${target} SIP/2.0`,
      [
        ['Via', `SIP/2.0/UDP ${this.place.address}:${this.place.port};branch=z9hG4bK${randomUUID()}`],
        ...invite.headers.filter(([name]) => name === 'Record-Route').map(([, value]) => ['Route', value] as const),
        ['Max-Forwards', '70'],
        ['From', from],
        ['To', headerOf(invite, 'From')],
        ['Call-ID', headerOf(invite, 'Call-ID')],
        ['CSeq', `${Math.floor(Math.random() * 1e6)} ${method}`],
        ['Contact', `<${this.uri}>`],
        ...extra,
        ...(body ? [['Content-Type', 'application/sdp'] as const] : []),
      ],
      body,
    );
  }

  private reply(message: SipMessage, from: Place): void {
    if (!this.isAlive || message.method === '' || message.method === 'ACK') return;
    if (message.method === 'INVITE') return this.replyToInvite(message, from);
    this.peer.send(responseTo(message, '200 OK', { tag: this.tag }), from);
  }

  private replyToInvite(message: SipMessage, from: Place): void {
    if (!this.invites.some(({ text }) => text === message.text)) this.invites.push(message);
    if (this.answer === undefined) return;
    const parts = this.answer.startsWith('2')
      ? { contact: `<${this.uri}>`, body: sdp({ address: this.place.address, port: this.rtpPort }) }
      : {};
    this.peer.send(responseTo(message, this.answer, { tag: this.tag, ...parts }), from);
  }
}
