import type { ClientOptions } from '../../../../aws/reader';
import type { Finding } from '../../../../compliance/audit/posture';
import { DeployedKit } from '../../../support/deployed';
import { auditOf } from '../../../support/drifts/audited';
import { Heard } from '../../../support/drifts/heard';
import { withMoto } from '../../../support/moto';
import { remembering } from '../../../support/remembering';

/** Questions on each resource of a type, where a service lists nothing that tells as much. */
const EACH: Readonly<Record<string, number>> = {
  'AWS::ECR::Repository': 1,
  'AWS::ECS::TaskDefinition': 1,
  'AWS::Events::Rule': 2,
  'AWS::KMS::Key': 4,
  'AWS::S3::Bucket': 12,
  'AWS::S3::BucketPolicy': 1,
  'AWS::ServiceDiscovery::Service': 1,
};

/** Those of a region as a whole, and of what it has one of. */
const ONCE: Readonly<Record<string, number>> = { 'us-east-1': 67, 'us-east-2': 7 };

/** One of each service whose settings controls rest on. */
const REFUSED = [
  's3:GetEncryptionConfiguration',
  's3:GetAccelerateConfiguration',
  'kms:GetKeyPolicy',
  'cloudtrail:GetTrailStatus',
  'iam:GetAccountAuthorizationDetails',
  'ec2:DescribeSecurityGroupRules',
  'ecs:DescribeTaskDefinition',
  'logs:DescribeLogGroups',
  'dynamodb:DescribeContinuousBackups',
  's3:GetBucketTagging',
  'cloudformation:ListStackResources',
  'cloudformation:DescribeStacks',
];

let kit: DeployedKit;
let before: readonly Finding[];
let heard: Heard;
let client: ClientOptions;

/** Nobody changes the account here: what a refusal leaves to be asked is answered as before. */
const withoutLeave = (refuses: (asked: string) => boolean): Promise<readonly Finding[]> => {
  const { region } = new Heard(kit, refuses);
  return auditOf(kit, (name) => ({ ...region(name), client }));
};

const saying = ({ fingerprint, status }: Finding): string => `${fingerprint} ${status}`;

withMoto('what a live audit asks', () => {
  beforeAll(async () => {
    kit = await DeployedKit.start();
    heard = new Heard(kit);
    client = remembering(kit.emulator.client);
    before = await auditOf(kit, (name) => ({ ...heard.region(name), client }));
  }, 240_000);

  afterAll(() => kit.stop(), 30_000);

  test('so many questions of a region, and so many of each of its resources', () => {
    const expected = Object.entries(ONCE).map(([region, once]) => {
      const here = kit.resources.filter(({ resource }) => resource.stack.region === region);
      return [region, here.reduce((sum, { resource }) => sum + (EACH[resource.type] ?? 0), once)] as const;
    });
    expect(heard.perRegion()).toEqual(Object.fromEntries(expected));
  });

  test('what no template writes is not taken to be so when the account does not tell', async () => {
    const refuses = (asked: string): boolean => asked === 's3:GetAccelerateConfiguration';
    const after = await withoutLeave(refuses);
    const ofBuckets = after.filter(({ control, type }) => control === 'RES-13' && type === 'AWS::S3::Bucket');
    expect(new Set(ofBuckets.map(({ status }) => status))).toEqual(new Set(['indeterminate']));
  }, 60_000);

  test.each(REFUSED)(
    'what rests on %s is indeterminate without it and names it, and nothing else changes',
    async (action) => {
      const after = await withoutLeave((asked) => asked === action);
      const known = new Set(before.map(saying));
      const news = after.filter((finding) => !known.has(saying(finding)));
      expect(news).not.toEqual([]);
      expect(news.filter(({ status, remedy = '' }) => status !== 'indeterminate' || !remedy.includes(action))).toEqual(
        [],
      );
    },
    60_000,
  );
});
