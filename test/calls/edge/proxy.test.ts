import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import path from 'node:path';
import { connect } from 'node:tls';
import { byProxy } from '../../../media/agent/tools/proxy';
import { writeCertificate } from '../support/certificate';
import { describeWith } from '../support/programs';
import { describeOnHttps, Proxy } from '../support/proxy';
import { temporaryDirectory } from '../support/temporary';

const HOST = 'crm.example.com';
const ADDRESS = '127.0.0.44';
const names = { [HOST]: ADDRESS, 'inside.example.com': '10.9.9.9', 'undeclared.example.com': '127.0.0.45' };
const declared = [HOST, 'inside.example.com'];

describeOnHttps(ADDRESS, ['squid', 'openssl'], 'the proxy of an edge node', () => {
  let service: Server;
  let proxy: Proxy;

  beforeAll(async () => {
    const directory = temporaryDirectory();
    writeCertificate(directory, HOST);
    const file = (name: string) => readFileSync(path.join(directory, name));
    service = createServer({ key: file('key.pem'), cert: file('certificate.pem') }, (_, response) =>
      response.end('nine o’clock'),
    );
    await once(service.listen(443, ADDRESS), 'listening');
    // Loopback stands for the internet.
    proxy = await Proxy.start({ hosts: names, declared, env: { INSIDE_NETWORKS: '10.0.0.0/8' } });
  });

  afterAll(() => service.close());

  test('leads to a declared host, without seeing what is said', async () => {
    const { status, socket } = await proxy.connect(`${HOST}:443`);
    expect(status).toBe(200);
    const tunnel = connect({ socket, servername: HOST, rejectUnauthorized: false });
    tunnel.write(`GET /visits HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    const chunks: Buffer[] = [];
    tunnel.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(tunnel, 'close');
    expect(Buffer.concat(chunks).toString()).toContain('nine o’clock');
    await proxy.daemon.says(`"status":200,"client":"127.0.0.1","asked":"${HOST}:443"`);
    expect(proxy.daemon.output).not.toContain('visits');
  });

  test.each([
    ['a host that nobody declared', 'undeclared.example.com:443'],
    ['a name below a declared one', `evil.${HOST}:443`],
    ['a name that ends like a declared one', `evil${HOST}:443`],
    ['the address of a declared host', `${ADDRESS}:443`],
    ['another port of a declared host', `${HOST}:5061`],
    ['plain HTTP of a declared host', `${HOST}:80`],
    ['a declared name that leads inside', 'inside.example.com:443'],
    ['the metadata of the node', '169.254.169.254:443'],
  ])('does not lead to %s', async (_, target) => {
    expect((await proxy.connect(target)).status).toBe(403);
  });

  test.each([
    ['a request that is no tunnel', `http://${HOST}:443/`],
    ['a question to itself', '/squid-internal-mgr/info'],
  ])('refuses %s', async (_, target) => {
    expect((await proxy.get(target)).status).toBe(403);
  });

  test('serves media nodes only', async () => {
    expect((await proxy.connect(`${HOST}:443`, '127.0.0.9')).status).toBe(403);
  });

  test('as shipped, leads to no private, loopback or link-local address', async () => {
    const shipped = await Proxy.start({ hosts: names, declared });
    expect((await shipped.connect(`${HOST}:443`)).status).toBe(403);
  });

  test('is found by the agent under its name, and the next one is asked where one is gone', async () => {
    const post = byProxy('proxy.use1-az4.demo.voicecell.internal', {
      resolveSrv: async () => [
        { name: 'gone', port: 9 },
        { name: 'here', port: proxy.port },
      ],
      resolve4: async () => ['127.0.0.1'],
    });
    for (let time = 0; time < 4; time += 1) {
      // It reaches the service, whose certificate nobody signed.
      expect(await failureOf(post(`https://${HOST}/`))).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
      expect(await failureOf(post('https://undeclared.example.com/'))).toContain('Proxy response (403)');
    }
  });
});

/** Its causes too. */
function saidBy(error: unknown): string {
  const { message, code, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  return [message, code, cause === undefined ? '' : saidBy(cause)].join(' ');
}

const failureOf = (asked: Promise<unknown>): Promise<string> => asked.then(String, saidBy);

describeWith(['squid'], 'settings that would let in more than a host', () => {
  test.each([
    ['every host', '*'],
    ['a whole domain', '.example.com'],
    ['a line of configuration', 'a.example.com\nhttp_access allow all'],
    ['nothing', ''],
  ])('%s: the proxy does not start', async (_, OUTSIDE_HOSTS) => {
    await expect(Proxy.start({ hosts: {}, declared: ['a.example.com'], env: { OUTSIDE_HOSTS } })).rejects.toThrow(
      'OUTSIDE_HOSTS are no host names',
    );
  });
});
