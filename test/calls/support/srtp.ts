import { createCipheriv, createHmac, randomBytes } from 'node:crypto';

const TAG_BYTES = 10;
const LABEL = { encryption: 0, authentication: 1, salt: 2 };

/** SRTP of RFC 3711 as far as a short stream needs it: AES_CM_128_HMAC_SHA1_80, sequence numbers that do not wrap. */
export class Srtp {
  private readonly key: Buffer;
  private readonly salt: Buffer;
  private readonly authentication: Buffer;

  /** `inline` is the base64 text of an `a=crypto` line. */
  constructor(inline: string) {
    const master = Buffer.from(inline, 'base64');
    const derive = (label: number, bytes: number) =>
      derived(master.subarray(0, 16), master.subarray(16, 30), label, bytes);
    this.key = derive(LABEL.encryption, 16);
    this.authentication = derive(LABEL.authentication, 20);
    this.salt = derive(LABEL.salt, 14);
  }

  static newKey = (): string => randomBytes(30).toString('base64');

  protect(packet: Buffer): Buffer {
    const encrypted = Buffer.concat([packet.subarray(0, 12), this.crypt(packet)]);
    return Buffer.concat([encrypted, this.tag(encrypted)]);
  }

  /** The packet in the clear, or undefined if it is not of this key. */
  unprotect(packet: Buffer): Buffer | undefined {
    const encrypted = packet.subarray(0, -TAG_BYTES);
    if (!this.tag(encrypted).equals(packet.subarray(-TAG_BYTES))) return undefined;
    return Buffer.concat([encrypted.subarray(0, 12), this.crypt(encrypted)]);
  }

  private crypt(packet: Buffer): Buffer {
    const iv = Buffer.alloc(16);
    this.salt.copy(iv);
    packet.subarray(8, 12).forEach((byte, index) => (iv[4 + index] = (iv[4 + index] ?? 0) ^ byte));
    packet.subarray(2, 4).forEach((byte, index) => (iv[12 + index] = (iv[12 + index] ?? 0) ^ byte));
    return createCipheriv('aes-128-ctr', this.key, iv).update(packet.subarray(12));
  }

  private tag(encrypted: Buffer): Buffer {
    const rollover = Buffer.alloc(4);
    return createHmac('sha1', this.authentication).update(encrypted).update(rollover).digest().subarray(0, TAG_BYTES);
  }
}

function derived(key: Buffer, salt: Buffer, label: number, bytes: number): Buffer {
  const iv = Buffer.alloc(16);
  salt.copy(iv);
  iv[7] = (iv[7] ?? 0) ^ label;
  return createCipheriv('aes-128-ctr', key, iv).update(Buffer.alloc(bytes));
}

export const inlineKey = (body: string): string => /^a=crypto:\d+ \S+ inline:([A-Za-z0-9+/=]+)/m.exec(body)?.[1] ?? '';
