import { readCertificate } from '../../preflight/facts/certificate';
import { issue } from './x509';

const HOST = 'sip.use1.demo.example';
const { certificate, privateKey } = issue(HOST, '2026-11-01T00:00:00Z', '2027-02-01T00:00:00Z');
const chain = issue('ca.example', '2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z').certificate;

test('leaf, chain and key: names and validity of the leaf', () => {
  expect(readCertificate(`${certificate}${chain}${privateKey}`, HOST)).toEqual({
    names: `DNS:${HOST}`,
    covers: true,
    notBefore: new Date('2026-11-01T00:00:00Z'),
    notAfter: new Date('2027-02-01T00:00:00Z'),
  });
});

test('the key may come first, and a wildcard covers one label', () => {
  const wild = issue('*.use1.demo.example', '2026-11-01T00:00:00Z', '2027-02-01T00:00:00Z');
  expect(readCertificate(`${wild.privateKey}${wild.certificate}`, HOST)).toMatchObject({ covers: true });
  expect(readCertificate(`${wild.certificate}${wild.privateKey}`, 'a.sip.use1.demo.example').covers).toBe(false);
});

const broken = '-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n';

test.each([
  ['nothing', '', 'no PEM certificate in the secret'],
  ['JSON', JSON.stringify({ user: 'a', password: 'hunter2' }), 'no PEM certificate in the secret'],
  ['a certificate alone', certificate, 'no PEM private key in the secret'],
  ['a key alone', privateKey, 'no PEM certificate in the secret'],
  ['the key of another certificate', `${chain}${privateKey}`, 'a private key of another certificate'],
  ['a certificate that is none', `${broken}${privateKey}`, 'a certificate that cannot be parsed'],
  [
    'a key that is none',
    `${certificate}-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----`,
    'a private key that cannot be parsed, or one with a passphrase',
  ],
])('%s in the secret is told in words of ours only', (_, text, problem) => {
  const facts = readCertificate(text, HOST);
  expect(facts.problem).toBe(problem);
  expect(JSON.stringify(facts)).not.toContain('hunter2');
});
