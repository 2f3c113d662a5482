import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Daemon } from './daemon';
import { Phone } from './phone';
import { freePort } from './ports';

const reply = (status: string, body: string): string =>
  [
    `SIP/2.0 ${status}`,
    '[last_Via:]',
    '[last_From:]',
    '[last_To:];tag=[pid]h[call_number]',
    '[last_Call-ID:]',
    '[last_CSeq:]',
    '[last_Record-Route:]',
    'Contact: <sip:human@[local_ip]:[local_port]>',
    ...(body ? ['Content-Type: application/sdp'] : []),
    'Content-Length: [len]',
    '',
    body,
  ].join('\n');

const SDP = (port: number): string =>
  `v=0\no=human 1 1 IN IP4 [local_ip]\ns=-\nc=IN IP4 [local_ip]\nt=0 0\nm=audio ${port} RTP/AVP 0\na=rtpmap:0 PCMU/8000\n`;

const send = (text: string): string => `<send><![CDATA[\n\n${text}\n]]></send>`;

const BYE = `BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From: <sip:human@[local_ip]:[local_port]>;tag=[pid]h[call_number]
To:[$caller]
[last_Call-ID:]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0`;

/** Who hangs up waits a second, so that the call is bridged. */
const ending = (hangsUp: boolean): string =>
  hangsUp
    ? `<pause milliseconds="1000"/>\n${send(BYE)}\n<recv response="200"/>`
    : `<recv request="BYE" timeout="40000"/>\n${send(reply('200 OK', '').replace(';tag=[pid]h[call_number]', ''))}`;

/** SIPp refuses a variable that nothing uses. */
const remembered = (hangsUp: boolean): string =>
  hangsUp ? `<recv request="INVITE" rrs="true">${CALLER}</recv>` : '<recv request="INVITE"/>';

const CALLER = '<action><ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/></action>';

const scenario = (rtpPort: number, hangsUp: boolean): string => `<?xml version="1.0"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="human">
${remembered(hangsUp)}
${send(reply('180 Ringing', ''))}
${send(reply('200 OK', SDP(rtpPort)))}
<recv request="ACK"/>
${ending(hangsUp)}
</scenario>
`;

/** Whoever answers a declared queue: one call, with a phone. */
export class Human {
  readonly uri: string;
  readonly phone: Phone;
  private readonly directory: string;

  private constructor(uri: string, phone: Phone, directory: string) {
    this.uri = uri;
    this.phone = phone;
    this.directory = directory;
  }

  static async waits(directory: string, { address = '127.0.0.1', hangsUp = false } = {}): Promise<Human> {
    const own = mkdtempSync(path.join(directory, 'human-'));
    const [port, phone] = [await freePort(), await Phone.open(address)];
    writeFileSync(path.join(own, 'human.xml'), scenario(phone.port, hangsUp));
    const args = ['-sf', 'human.xml', '-i', address, '-p', String(port), '-m', '1', '-nostdin'];
    const human = new Human(`sip:desk@${address}:${port}`, phone, own);
    new Daemon('sipp', [...args, '-trace_msg', '-message_file', 'messages.txt'], { cwd: own });
    return human;
  }

  /** Every SIP message so far. */
  messages(): string {
    return readFileSync(path.join(this.directory, 'messages.txt'), 'utf8');
  }
}
