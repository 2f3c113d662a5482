import { EC2Client, CreateVpcCommand } from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AwsSource } from '../../preflight/aws/source';
import { SERVICE_LINKED_ROLES } from '../../preflight/facts/wanted';
import { preflight, type Preflight } from '../../preflight/preflight';
import type { State } from '../../preflight/verdict';
import type { RegionPlan } from '../../regions/plan/types';
import { startMoto, withMoto, type Moto } from '../support/moto';
import { regionPlan } from '../support/region-plan';
import { ASKED } from './facts';
import { issue } from './x509';

const MANIFEST = 'example/llm-model/abc123/manifest.json';

let moto: Moto;
let plan: RegionPlan = regionPlan();

const at = (region = 'us-east-1') => ({ ...moto.client, region });

async function checked(given: RegionPlan): Promise<Preflight> {
  const source = new AwsSource({ plans: [given], manifestKeys: () => [MANIFEST], client: moto.client });
  const result = await preflight([given], source, ASKED);
  if ('known' in result) throw new Error(result.why);
  return result;
}

const stateOf = ({ verdicts }: Preflight, check: string): readonly State[] =>
  verdicts.filter((verdict) => verdict.check === check).map(({ state }) => state);

const foundBy = ({ verdicts }: Preflight, check: string): string =>
  verdicts
    .filter((verdict) => verdict.check === check)
    .map(({ found }) => found)
    .join('; ');

withMoto('an emulated account', () => {
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);

  afterAll(() => moto.stop());

  test('that is empty lacks what has to be there, and offers what AWS offers', async () => {
    const [first, second] = plan.cells;
    if (!first || !second) throw new Error('the plan has two cells');
    const empty = await checked({ ...plan, cells: [first, { ...second, azId: 'use1-az3' }] });
    for (const check of ['account', 'region enabled', 'stacks', 'buckets', 'VPCs', 'Availability Zones'])
      expect([check, ...new Set(stateOf(empty, check))]).toEqual([check, 'ok']);
    expect(foundBy(empty, 'CDK bootstrap')).toBe('no bootstrap in us-east-1; no bootstrap in us-west-2');
    expect(foundBy(empty, 'secrets')).toBe('no secret sip-certificate-AbCdEf');
    expect(new Set(stateOf(empty, 'service-linked roles'))).toEqual(new Set(['will fail']));
    expect(stateOf(empty, 'instance types')).toEqual(['ok', 'will fail']);
    expect(foundBy(empty, 'instance types')).toContain('use1-az3 offers no c7i.large');
    for (const check of ['container images', 'model weights', 'SIP zone'])
      expect([check, ...new Set(stateOf(empty, check))]).toEqual([check, 'later']);
    // The emulator knows the quota of VPCs and none of EC2: an error is no pass.
    for (const check of ['Elastic IPs', 'standard vCPUs', 'G and VT vCPUs', 'endpoint services'])
      expect([check, ...stateOf(empty, check)]).toEqual([check, 'cannot tell']);
  }, 60_000);

  test('that is prepared has what was put there', async () => {
    await prepare();
    const ready = await checked(plan);
    for (const check of PREPARED) expect([check, ...new Set(stateOf(ready, check))]).toEqual([check, 'ok']);
    expect(foundBy(ready, 'buckets')).toBe('10 free, 1 ours');
    expect(foundBy(ready, 'VPCs')).toBe('quota 5, 2 used by others');
    expect(stateOf(ready, 'container images')).toEqual(['ok', 'will fail', 'later']);
    expect(foundBy(ready, 'SIP zone')).toMatch(/^public zone \w+ has the name already/);
  }, 60_000);
});

const PREPARED = [
  'CDK bootstrap',
  'service-linked roles',
  'buckets',
  'names',
  'secrets',
  'SIP certificate',
  'model weights',
];

async function prepare(): Promise<void> {
  const weights = plan.names.buckets.weights;
  const { certificate, privateKey } = issue(plan.sip.hostname, '2026-11-01T00:00:00Z', '2027-02-01T00:00:00Z');
  const parameter = { Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' } as const;
  for (const region of ['us-east-1', 'us-west-2'])
    await new SSMClient(at(region)).send(new PutParameterCommand(parameter));
  // As roles of these names: the emulator would call the one of Application Auto Scaling otherwise than AWS does.
  for (const RoleName of Object.values(SERVICE_LINKED_ROLES))
    await new IAMClient(at()).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{}' }));
  const secret = await new SecretsManagerClient(at()).send(
    new CreateSecretCommand({ Name: 'sip-certificate', SecretString: certificate + privateKey }),
  );
  plan = { ...plan, sip: { ...plan.sip, certificateSecretArn: secret.ARN ?? '' } };
  await new S3Client(at()).send(new CreateBucketCommand({ Bucket: weights }));
  await new S3Client(at()).send(new PutObjectCommand({ Bucket: weights, Key: MANIFEST, Body: '{}' }));
  await new EC2Client(at()).send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  await pushed('demo-us-east-1/stt', true);
  await pushed('demo-us-east-1/llm', false);
  await new Route53Client(at()).send(new CreateHostedZoneCommand({ Name: plan.sip.zone, CallerReference: 'a' }));
}

/** A repository, and an image in it whose digest the plan then asks for. */
async function pushed(repositoryName: string, withImage: boolean): Promise<void> {
  const ecr = new ECRClient(at());
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  if (!withImage) return;
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {},
    layers: [],
  };
  const { image } = await ecr.send(
    new PutImageCommand({ repositoryName, imageTag: 'v1', imageManifest: JSON.stringify(manifest) }),
  );
  const digest = image?.imageId?.imageDigest ?? '';
  const cells = plan.cells.map((cell) => ({
    ...cell,
    inference: cell.inference.map((service) =>
      service.tier === 'stt' ? { ...service, image: { ...service.image, digest } } : service,
    ),
  }));
  plan = { ...plan, cells };
}
