import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { edgeContainers } from '../../../media/contract';
import { Certificate } from '../../../media/roster/certificate/renew';
import { certificateLine } from '../../../media/roster/metrics';
import { decide } from '../../../media/roster/nodes/decide';
import { desiredNodes } from '../../../media/roster/nodes/service';
import { settingsOf } from '../../../media/roster/settings';
import { edgeInput } from '../../support/contract-input';
import { issue } from '../../preflight/x509';

describe('how many nodes the cell wants', () => {
  const ecs = mockClient(ECSClient);
  const desired = () => desiredNodes(new ECSClient({ region: 'us-east-1' }), 'cluster', 'media');

  beforeEach(() => ecs.reset());

  test('is what ECS says of the media service', async () => {
    ecs
      .on(DescribeServicesCommand, { cluster: 'cluster', services: ['media'] })
      .resolves({ services: [{ serviceName: 'media', desiredCount: 3 }] });
    expect(await desired()).toBe(3);
  });

  test('is left open while it deploys: the new nodes are the emptiest, and have to get calls before the old ones leave', async () => {
    const deployments = [{ status: 'PRIMARY' }, { status: 'ACTIVE' }];
    ecs.on(DescribeServicesCommand).resolves({ services: [{ serviceName: 'media', desiredCount: 3, deployments }] });
    expect(await desired()).toBeUndefined();
  });

  test('leaves old nodes with room and new ones open together while it deploys, and closes the emptiest only afterwards', async () => {
    const node = (calls: number) => ({ calls, capacity: 40, draining: false });
    const [a, b, c, d] = ['sip:10.0.1.1:5060', 'sip:10.0.1.2:5060', 'sip:10.0.1.3:5060', 'sip:10.0.1.4:5060'];
    const statuses = new Map([a, b, c, d].map((uri, index) => [uri, node([5, 7, 0, 0][index] ?? 0)]));
    const open = async (deployments: { status: string }[]) => {
      ecs.on(DescribeServicesCommand).resolves({ services: [{ serviceName: 'media', desiredCount: 2, deployments }] });
      const sight = { listed: [...statuses.keys()], desired: await desired(), statuses };
      return decide(sight, { open: [], closed: [] }).open;
    };
    expect(await open([{ status: 'PRIMARY' }, { status: 'ACTIVE' }])).toEqual([a, b, c, d]);
    expect(await open([{ status: 'PRIMARY' }])).toEqual([a, b]);
  });

  test('is unknown while ECS does not answer or knows no such service', async () => {
    ecs.on(DescribeServicesCommand).rejects(new Error('unreachable'));
    expect(await desired()).toBeUndefined();
    ecs.on(DescribeServicesCommand).resolves({ failures: [{ reason: 'MISSING' }] });
    expect(await desired()).toBeUndefined();
  });
});

describe('the certificate', () => {
  const secrets = mockClient(SecretsManagerClient);
  const NOW = Date.parse('2026-11-26T00:00:00Z');
  const first = issue('sip.example.org', '2026-11-01T00:00:00Z', '2026-12-26T00:00:00Z');
  const second = issue('sip.example.org', '2026-11-20T00:00:00Z', '2027-02-24T00:00:00Z');
  let directory: string;
  let reloads: number;
  let takes: boolean;

  const certificate = () =>
    new Certificate({
      secrets: new SecretsManagerClient({ region: 'us-east-1' }),
      secretArn: 'arn',
      directory: path.join(directory, 'tls'),
      now: () => NOW,
      reload: () => {
        reloads += 1;
        return Promise.resolve(takes);
      },
    });
  const holds = (text: string) =>
    secrets.on(GetSecretValueCommand, { SecretId: 'arn' }).resolves({ SecretString: text });
  const written = (name: string) => readFileSync(path.join(directory, 'tls', name), 'utf8');

  beforeEach(() => {
    secrets.reset();
    directory = mkdtempSync(path.join(tmpdir(), 'roster-'));
    [reloads, takes] = [0, true];
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  test('is brought once, its key for this user only, and its days are counted', async () => {
    holds(`${first.privateKey}${first.certificate}${second.certificate}`);
    const one = certificate();
    await one.renew();
    await one.renew();
    expect([reloads, one.daysLeft]).toEqual([1, 30]);
    expect(written('certificate.pem').match(/BEGIN/g)).toHaveLength(2);
    expect(written('key.pem')).toBe(first.privateKey);
    expect(statSync(path.join(directory, 'tls', 'key.pem')).mode & 0o077).toBe(0);
  });

  test('is brought again when it is rotated, and again until the proxy has taken it', async () => {
    holds(first.certificate + first.privateKey);
    const one = certificate();
    await one.renew();
    holds(second.certificate + second.privateKey);
    takes = false;
    await one.renew();
    await one.renew();
    expect([reloads, one.daysLeft]).toEqual([3, 90]);
    expect(written('key.pem')).toBe(second.privateKey);
  });

  test.each([
    ['the key of another', first.certificate + second.privateKey],
    ['no key', first.certificate],
    ['nothing', ''],
  ])('with %s stays as it was, and its text is in no message', async (_, text) => {
    holds(first.certificate + first.privateKey);
    const one = certificate();
    await one.renew();
    holds(text);
    const error = await one.renew().catch((problem: Error) => problem.message);
    expect(error).toMatch(/^the (secret|key)/);
    expect(written('key.pem')).toBe(first.privateKey);
  });
});

/** What only a cell's stack and the ECS agent know. */
const FROM_THE_STACK = {
  SIP_HOST_SERVICE_ID: 'srv-host',
  SIP_SRV_SERVICE_ID_TLS: 'srv-tls',
  SIP_SRV_SERVICE_ID_UDP: 'srv-udp',
  OWN_SERVICE: 'edge',
  AUTO_SCALING_GROUP: 'demo-us-east-1-use1-az4-edge',
  DRAIN_HOOK: 'voicecell-drain',
  ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x',
};

test('contract and stack give every setting, and what is missing is named at once', () => {
  const roster = edgeContainers(edgeInput()).find(({ name }) => name === 'roster');
  const settings = settingsOf({ ...roster?.env, ...FROM_THE_STACK });
  expect(settings).toMatchObject({ mediaService: 'media.use1-az4.demo.voicecell.internal', statusPort: 8089 });
  expect(JSON.parse(certificateLine(settings, 30, 0))).toMatchObject({ CertificateDaysLeft: 30, Cell: 'use1-az4' });
  expect(() => settingsOf({})).toThrow(/AWS_REGION, .*METRICS_NAMESPACE, VOICECELL_CLUSTER/);
});
