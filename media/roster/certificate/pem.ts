import { X509Certificate, createPrivateKey } from 'node:crypto';

export interface Identity {
  /** The server's certificate first, then its chain. */
  readonly chain: string;
  readonly key: string;
  readonly daysLeft: number;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const KEY = /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----[\s\S]+?-----END \1-----/;
const DAY_MS = 86_400_000;

/** Certificate and key of a secret's PEM text. Throws, without a word of the text, if they are not a pair. */
export function identityOf(text: string, now: number): Identity {
  const certificates = text.match(CERTIFICATE) ?? [];
  const [key] = KEY.exec(text) ?? [];
  if (!certificates[0] || !key) throw new Error('the secret holds no PEM certificate with its key');
  const certificate = new X509Certificate(certificates[0]);
  if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is not of the first certificate');
  return {
    chain: `${certificates.join('\n')}\n`,
    key: `${key}\n`,
    daysLeft: Math.floor((Date.parse(certificate.validTo) - now) / DAY_MS),
  };
}
