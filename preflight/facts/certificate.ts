import { createPrivateKey, X509Certificate } from 'node:crypto';

/** What a certificate says of itself; nothing in it is secret. */
export interface CertificateFacts {
  /** Why the secret is no certificate and key, when it is none. */
  readonly problem?: string;
  readonly names: string;
  readonly covers: boolean;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const NOTHING = { names: '', covers: false, notBefore: new Date(0), notAfter: new Date(0) };

const BLOCK = /-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * Reads the PEM chain and private key of a secret. No part of the text leaves this function.
 * @param hostname the certificate must be for, by RFC 6125 as `node:crypto` checks it
 */
export function readCertificate(text: string, hostname: string): CertificateFacts {
  const blocks = [...text.matchAll(BLOCK)].map(([pem, label = '']) => ({ pem, label }));
  const leaf = blocks.find(({ label }) => label === 'CERTIFICATE')?.pem;
  const key = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'))?.pem;
  if (leaf === undefined) return { ...NOTHING, problem: 'no PEM certificate in the secret' };
  if (key === undefined) return { ...NOTHING, problem: 'no PEM private key in the secret' };
  const certificate = parsed(() => new X509Certificate(leaf));
  const privateKey = parsed(() => createPrivateKey(key));
  if (!certificate) return { ...NOTHING, problem: 'a certificate that cannot be parsed' };
  if (!privateKey) return { ...NOTHING, problem: 'a private key that cannot be parsed, or one with a passphrase' };
  return {
    ...(certificate.checkPrivateKey(privateKey) ? {} : { problem: 'a private key of another certificate' }),
    names: certificate.subjectAltName ?? certificate.subject,
    covers: certificate.checkHost(hostname) !== undefined,
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

/** OpenSSL throws for text that is no such thing; what it says may quote the text, so it is dropped. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
