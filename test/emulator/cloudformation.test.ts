import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GetBucketPolicyCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { withMoto } from '../support/moto';
import { type Emulator, startEmulator } from '.';

jest.setTimeout(60_000);

const ACCOUNT = '210987654321';
let emulator: Emulator;
let cloudformation: CloudFormationClient;
let s3: S3Client;

type Resource = Readonly<Record<string, unknown>>;

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly [section: string]: unknown;
}

const bucket = (name: string, more: Resource = {}, attributes: Resource = {}): Resource => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName: name, ...more },
  ...attributes,
});

const group = (name: string, days: number): Resource => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName: name, RetentionInDays: days },
});

const create = (name: string, template: Template) =>
  cloudformation.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template) }));

const update = (name: string, template: Template) =>
  cloudformation.send(new UpdateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template) }));

async function statusOf(name: string): Promise<string | undefined> {
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: name }));
  return Stacks?.[0]?.StackStatus;
}

async function failuresOf(name: string): Promise<string> {
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join('\n');
}

async function physicalId(name: string, logicalId: string): Promise<string | undefined> {
  const command = new DescribeStackResourceCommand({ StackName: name, LogicalResourceId: logicalId });
  return (await cloudformation.send(command)).StackResourceDetail?.PhysicalResourceId;
}

const exists = (Bucket: string): Promise<boolean> =>
  s3.send(new HeadBucketCommand({ Bucket })).then(
    () => true,
    () => false,
  );

withMoto('the CloudFormation of the emulator', () => {
  beforeAll(async () => {
    emulator = await startEmulator({ accountId: ACCOUNT });
    cloudformation = new CloudFormationClient({ ...emulator.client, region: 'us-east-1' });
    s3 = new S3Client({ ...emulator.client, region: 'us-east-1', forcePathStyle: true });
  });

  afterAll(() => emulator.stop());

  test.each([
    ['a type that is not modelled', { Queue: { Type: 'AWS::SQS::Queue' } }, /AWS::SQS::Queue is not modelled/],
    ['an intrinsic function that is not known', { Bucket: bucket({ 'Fn::GetAZs': '' } as never) }, /Fn::GetAZs/],
    ['a reference to nothing', { Bucket: bucket({ Ref: 'Nothing' } as never) }, /\[Nothing\]/],
    [
      'an attribute that is not known',
      { A: bucket('a-b-c'), B: bucket({ 'Fn::GetAtt': ['A', 'Colour'] } as never) },
      /A\.Colour/,
    ],
    [
      'a property that nobody places',
      { Bucket: bucket('unplaced', { WebsiteConfiguration: {} }) },
      /WebsiteConfiguration/,
    ],
    [
      'a snapshot before deletion',
      { Bucket: bucket('snapped', {}, { DeletionPolicy: 'Snapshot' }) },
      /Policy Snapshot/,
    ],
    [
      'a part of a property that the API has no place for',
      { Bucket: bucket('unplaced-part', { VersioningConfiguration: { Status: 'Enabled', Colour: 'red' } }) },
      /VersioningConfiguration\.Colour/,
    ],
  ])('refuses or fails %s, and leaves nothing behind', async (_, Resources, reason) => {
    const refusal = await create('failing', { Resources }).then(() => undefined, String);
    expect(refusal ?? (await failuresOf('failing'))).toMatch(reason);
    expect(refusal ? 'never there' : await statusOf('failing')).toMatch(/^(never there|ROLLBACK_COMPLETE)$/);
    await cloudformation.send(new DeleteStackCommand({ StackName: 'failing' }));
    expect(await exists('unplaced')).toBe(false);
  });

  test('fails a value that the service takes and does not show', async () => {
    const Properties = {
      Name: '/kept',
      Type: 'String',
      Value: 'a',
      Policies: JSON.stringify([{ Type: 'Expiration' }]),
    };
    await create('forgetful', { Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties } } });
    expect(await statusOf('forgetful')).toBe('ROLLBACK_COMPLETE');
    expect(await failuresOf('forgetful')).toMatch(/does not show Policies\[\]\.Type = Expiration/);
  });

  test('puts a subnet into the zone of its id', async () => {
    const Vpc = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } };
    const Properties = { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.9.0.0/24', AvailabilityZoneId: 'use1-az4' };
    await create('placed', { Resources: { Vpc, Subnet: { Type: 'AWS::EC2::Subnet', Properties } } });
    const ec2 = new EC2Client({ ...emulator.client, region: 'us-east-1' });
    const SubnetIds = [(await physicalId('placed', 'Subnet')) ?? 'not made'];
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
    ec2.destroy();
    expect(Subnets?.map(({ AvailabilityZoneId }) => AvailabilityZoneId)).toEqual(['use1-az4']);
  });

  test('tells change sets of one name apart by their stacks', async () => {
    const names = ['first-set', 'second-set'];
    for (const StackName of names) {
      const TemplateBody = JSON.stringify({ Resources: { Group: group(`/${StackName}`, 7) } });
      const named = { StackName, ChangeSetName: 'same-name', ChangeSetType: 'CREATE' } as const;
      await cloudformation.send(new CreateChangeSetCommand({ ...named, TemplateBody }));
    }
    await cloudformation.send(new ExecuteChangeSetCommand({ StackName: 'first-set', ChangeSetName: 'same-name' }));
    expect(await Promise.all(names.map(statusOf))).toEqual(['CREATE_COMPLETE', 'REVIEW_IN_PROGRESS']);
    await expect(
      cloudformation.send(new ExecuteChangeSetCommand({ StackName: 'first-set', ChangeSetName: 'same-name' })),
    ).rejects.toThrow('cannot be executed');
  });

  test('a rule that does not hold stops the stack before it exists', async () => {
    const Rules = {
      Deployable: {
        Assertions: [{ Assert: { 'Fn::Equals': ['a', 'b'] }, AssertDescription: 'not deployable: example' }],
      },
    };
    await expect(create('ruled', { Rules, Resources: { Bucket: bucket('ruled') } })).rejects.toThrow(
      'not deployable: example',
    );
    await expect(statusOf('ruled')).rejects.toThrow('does not exist');
  });

  test('a lock and a policy are in the account, not only in the template', async () => {
    const lock = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2192 } } };
    const Statement = [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ];
    await create('locked', {
      Resources: {
        Vault: bucket('vault', { ObjectLockEnabled: true, ObjectLockConfiguration: lock }),
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: { Ref: 'Vault' }, PolicyDocument: { Version: '2012-10-17', Statement } },
        },
      },
    });
    const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket: 'vault' }));
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: 'vault' }));
    expect(ObjectLockConfiguration?.Rule?.DefaultRetention).toMatchObject({ Mode: 'COMPLIANCE', Days: 2192 });
    expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement });
  });

  describe('an update', () => {
    test('without a change has nothing to perform', async () => {
      const template = { Resources: { Group: group('/same', 7) } };
      await create('same', template);
      await expect(update('same', template)).rejects.toThrow('No updates are to be performed.');
    });

    test('changes a property in place and replaces what has another name', async () => {
      await create('changing', { Resources: { Group: group('/changing', 7), Bucket: bucket('first') } });
      const before = await physicalId('changing', 'Group');
      await update('changing', { Resources: { Group: group('/changing', 14), Bucket: bucket('second') } });
      expect(await statusOf('changing')).toBe('UPDATE_COMPLETE');
      expect(await physicalId('changing', 'Group')).toBe(before);
      expect(await physicalId('changing', 'Bucket')).toBe('second');
      expect(await exists('first')).toBe(false);
    });

    test('that cannot be made truly fails and says so', async () => {
      await create('stuck', { Resources: { Table: table(true) } });
      await update('stuck', { Resources: { Table: table(false) } });
      expect(await statusOf('stuck')).toBe('UPDATE_ROLLBACK_FAILED');
      expect(await failuresOf('stuck')).toMatch(/DeletionProtectionEnabled\) is not modelled/);
    });

    test('deletes what is gone from the template and keeps what is to be retained', async () => {
      const kept = bucket('kept', {}, { DeletionPolicy: 'Retain' });
      await create('shrinking', { Resources: { Gone: bucket('gone'), Kept: kept, Stays: group('/stays', 7) } });
      await update('shrinking', { Resources: { Stays: group('/stays', 7) } });
      expect([await exists('gone'), await exists('kept')]).toEqual([false, true]);
    });
  });

  describe('a deletion', () => {
    test('keeps what is to be retained and is refused while the stack is protected', async () => {
      const kept = bucket('retained', {}, { DeletionPolicy: 'RetainExceptOnCreate' });
      await create('going', { Resources: { Kept: kept, Gone: bucket('not-retained') } });
      const protect = (EnableTerminationProtection: boolean) =>
        cloudformation.send(
          new UpdateTerminationProtectionCommand({ StackName: 'going', EnableTerminationProtection }),
        );
      await protect(true);
      await expect(cloudformation.send(new DeleteStackCommand({ StackName: 'going' }))).rejects.toThrow(
        /TerminationProtection/,
      );
      await protect(false);
      await cloudformation.send(new DeleteStackCommand({ StackName: 'going' }));
      expect([await exists('retained'), await exists('not-retained')]).toEqual([true, false]);
    });

    test('of an export that another stack imports is refused', async () => {
      const exported = { Name: { Value: { Ref: 'Bucket' }, Export: { Name: 'bucket-name' } } };
      await create('exporter', { Resources: { Bucket: bucket('exported') }, Outputs: exported });
      const imported = group({ 'Fn::Join': ['/', ['', { 'Fn::ImportValue': 'bucket-name' }]] } as never, 7);
      await create('importer', { Resources: { Group: imported } });
      expect(await physicalId('importer', 'Group')).toBe('/exported');
      await expect(cloudformation.send(new DeleteStackCommand({ StackName: 'exporter' }))).rejects.toThrow(/importer/);
    });
  });

  test('a failed creation deletes what may go and keeps what is to be retained in any case', async () => {
    const Resources = {
      Careful: bucket('except-on-create', {}, { DeletionPolicy: 'RetainExceptOnCreate' }),
      Kept: bucket('in-any-case', {}, { DeletionPolicy: 'Retain' }),
      Fails: { ...bucket('fails', { WebsiteConfiguration: {} }), DependsOn: ['Careful', 'Kept'] },
    };
    await create('halfway', { Resources });
    expect(await statusOf('halfway')).toBe('ROLLBACK_COMPLETE');
    expect([await exists('except-on-create'), await exists('in-any-case')]).toEqual([false, true]);
  });

  test('what a template says and the account does not hold is reported, a resource once', async () => {
    const reported = (days: number) => ({
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: '/reported', DeletionProtectionEnabled: true, RetentionInDays: days },
    });
    await create('reported', { Resources: { Group: reported(7) } });
    await update('reported', { Resources: { Group: reported(14) } });
    expect(await statusOf('reported')).toBe('UPDATE_COMPLETE');
    expect((await emulator.report()).notModelled).toContainEqual(
      expect.objectContaining({ type: 'AWS::Logs::LogGroup', what: 'DeletionProtectionEnabled', times: 1 }),
    );
  });

  test('how an update would replace nodes is reported as not modelled', async () => {
    const refreshed = { ...bucket('refreshed'), UpdatePolicy: { AutoScalingInstanceRefresh: {} } };
    await create('refreshed', { Resources: { Bucket: refreshed } });
    expect((await emulator.report()).notModelled).toContainEqual(expect.objectContaining({ what: 'UpdatePolicy' }));
  });
});

const table = (isProtected: boolean): Resource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'stuck',
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: isProtected,
    AttributeDefinitions: [{ AttributeName: 'call', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'call', KeyType: 'HASH' }],
  },
});
