import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** A self-signed certificate where the proxy looks for it. */
export function writeCertificate(directory: string, name: string): void {
  const files = ['-keyout', path.join(directory, 'key.pem'), '-out', path.join(directory, 'certificate.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/CN=${name}`, ...files],
    { stdio: 'ignore' },
  );
}
