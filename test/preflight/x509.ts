import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** DER of a tag and its content (ITU-T X.690). */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const ED25519 = sequence(oid('2b6570'));
const COMMON_NAME = oid('550403');
const SUBJECT_ALT_NAME = oid('551d11');

/** `261123080000Z` of an ISO time. */
const utcTime = (iso: string): Buffer => der(0x17, Buffer.from(`${iso.replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));

const pem = (label: string, body: Buffer): string =>
  `-----BEGIN ${label}-----\n${body.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;

export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A self-signed certificate for one host name, made here so that no private key lies in the repository. */
export function issue(host: string, notBefore: string, notAfter: string): Issued {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('test')))));
  const altName = der(0x04, sequence(der(0x82, Buffer.from(host))));
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ED25519,
    name,
    sequence(utcTime(notBefore), utcTime(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(SUBJECT_ALT_NAME, altName))),
  );
  return { certificate: pem('CERTIFICATE', signed(toBeSigned, privateKey)), privateKey: keyPem(privateKey) };
}

function signed(toBeSigned: Buffer, key: KeyObject): Buffer {
  const signature = sign(undefined, toBeSigned, key);
  return sequence(toBeSigned, ED25519, der(0x03, Buffer.from([0]), signature));
}

const keyPem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
