import type { Template } from 'aws-cdk-lib/assertions';
import { lifecycle } from '../../media/contract';
import { lifeSettings, readEnv } from '../../media/roster/lifecycle/settings';
import { mediaSettings } from '../../media/roster/media/settings';
import { settingsOf } from '../../media/roster/settings';
import { CellTemplate, TIERS, cell, plan } from '../support/cell-template';
import { fakeNetwork } from '../support/foundations';
import { statementsOf } from '../support/template';

let stack: CellTemplate;
let template: Template;

beforeAll(() => {
  stack = new CellTemplate();
  ({ template } = stack);
});

describe('a host-network task', () => {
  test('runs on edge and media nodes', () => {
    expect(stack.hostTasks().map(({ Family }) => Family)).toEqual([`${cell.name}-edge`, `${cell.name}-media`]);
  });

  test('has neither root nor privilege nor capability', () => {
    for (const container of stack.hostContainers())
      expect(container).toMatchObject({
        User: '10001:10001',
        Privileged: false,
        LinuxParameters: { Capabilities: { Drop: ['ALL'], Add: [] } },
      });
  });

  test('may end its longest call after it is told to stop', () => {
    const { stopTimeoutSeconds } = lifecycle(plan.maxCallMinutes);
    for (const container of stack.hostContainers()) expect(container['StopTimeout']).toBe(stopTimeoutSeconds);
  });

  test('never waits for its log', () => {
    for (const container of stack.hostContainers())
      expect(container['LogConfiguration']).toMatchObject({ LogDriver: 'awslogs', Options: { mode: 'non-blocking' } });
  });
});

/** What a container is started with; the ECS agent adds its own. */
function envOf(name: string): Record<string, string> {
  const container = stack.hostContainers().find(({ Name }) => Name === name);
  const pairs = container?.['Environment'] as { readonly Name: string; readonly Value: string }[];
  const env = Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));
  return { ...env, ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x' };
}

test('the roster is given every setting that it asks for, and the names of its own service, group and hook', () => {
  expect(settingsOf(envOf('roster'))).toMatchObject({
    ownService: 'edge',
    autoScalingGroup: `${cell.name}-edge`,
    drainHook: 'voicecell-drain',
    host: { serviceId: 'srv-host' },
    transports: [{ serviceId: 'srv-tls', port: 5061 }],
  });
});

test('what holds a media node is given its own service, group and hook', () => {
  expect(readEnv(envOf('lifecycle'), mediaSettings)).toMatchObject({
    ownService: 'media',
    autoScalingGroup: `${cell.name}-media`,
    drainHook: 'voicecell-drain',
  });
});

test.each([
  ['edge', 'roster'],
  ['media', 'lifecycle'],
])('hook, protection and stop timeouts of %s nodes are the same numbers', (tier, holder) => {
  const { hookHeartbeatSeconds, protectionMinutes, settleSeconds, stopTimeoutSeconds } = lifecycle(plan.maxCallMinutes);
  expect(stack.group(tier)['LifecycleHookSpecificationList']).toEqual([
    expect.objectContaining({ LifecycleHookName: 'voicecell-drain', HeartbeatTimeout: hookHeartbeatSeconds }),
  ]);
  expect(readEnv(envOf(holder), lifeSettings)).toMatchObject({
    heartbeatSeconds: hookHeartbeatSeconds,
    protectionMinutes,
    settleSeconds,
  });
  const containers = stack
    .hostTasks()
    .filter(({ Family }) => Family === `${cell.name}-${tier}`)
    .flatMap(({ ContainerDefinitions }) => ContainerDefinitions as { StopTimeout: number }[]);
  expect(new Set(containers.map(({ StopTimeout }) => StopTimeout))).toEqual(new Set([stopTimeoutSeconds]));
});

describe('a service of edge or media tasks', () => {
  test('replaces a task only when its successor is there, and turns back when that fails', () => {
    for (const { DeploymentConfiguration } of stack.callServices())
      expect(DeploymentConfiguration).toEqual({
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      });
  });

  test('admits nobody by ECS Exec and puts one task on a node', () => {
    for (const service of stack.callServices())
      expect(service).toMatchObject({
        EnableExecuteCommand: false,
        PlacementConstraints: [{ Type: 'distinctInstance' }],
        AvailabilityZoneRebalancing: 'DISABLED',
      });
  });

  test('leaves its count to scaling', () => {
    for (const service of stack.callServices()) expect(service).not.toHaveProperty('DesiredCount');
  });
});

describe('the network', () => {
  const carrier = plan.sip.carriers[0];

  test("admits SIP from the carriers' signalling addresses on their transport only", () => {
    expect(stack.ingressFromOutside('tcp')).toEqual([[carrier?.signallingCidrs[0], 5061, 5061]]);
  });

  test("admits RTP from the carriers' media addresses to the planned ports only", () => {
    expect(stack.ingressFromOutside('udp')).toEqual([
      [carrier?.mediaCidrs[0], cell.edge.rtpPorts.from, cell.edge.rtpPorts.to],
    ]);
  });

  test('lets no group reach the whole internet, nor be reached by it', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/0\.0\.0\.0\/0|::\/0/);
    for (const { SecurityGroupEgress } of stack.all('AWS::EC2::SecurityGroup'))
      expect((SecurityGroupEgress as unknown[]).length).toBeGreaterThan(0);
  });

  test('lets media nodes call each inference service on its port', () => {
    const rules = stack.all('AWS::EC2::SecurityGroupIngress').filter(({ FromPort }) => FromPort === 8000);
    expect(rules.map(({ Description }) => Description)).toEqual([
      'stt inside the cell',
      'llm inside the cell',
      'tts inside the cell',
    ]);
  });

  test('has no load balancer', () => {
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 0);
  });
});

describe('rights', () => {
  test.each(['EdgeTaskPolicy', 'MediaTaskPolicy'])('%s lets a task see and keep itself', (name) => {
    const actions = statementsOf(template, 'AWS::IAM::ManagedPolicy', name).flatMap(({ Action }) => Action);
    expect(actions).toEqual(
      expect.arrayContaining([
        'ecs:DescribeTasks',
        'ecs:DescribeContainerInstances',
        'ecs:DescribeServices',
        'ecs:ListTasks',
        'ecs:UpdateTaskProtection',
        'ecs:PutAttributes',
        'ecs:ListAttributes',
        'autoscaling:RecordLifecycleActionHeartbeat',
        'autoscaling:CompleteLifecycleAction',
      ]),
    );
  });

  test.each(['EdgeTaskPolicy', 'MediaTaskPolicy'])(
    '%s lets a task tell its load, and read others, in its cell only',
    (name) => {
      const statements = statementsOf(template, 'AWS::IAM::ManagedPolicy', name);
      const of = (action: string) => statements.find(({ Action }) => [Action].flat().includes(action));
      expect(of('ecs:PutAttributes')?.Resource).toMatch(new RegExp(`:container-instance/${cell.name}/\\*$`));
      expect(of('ecs:ListAttributes')?.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/Cluster/), 'Arn'] });
    },
  );

  test("an edge node claims only addresses of its cell's pool, for nodes of its cell", () => {
    const claims = stack.statements().filter(({ Action }) => Action === 'ec2:AssociateAddress');
    expect(claims.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { ...ofCell, 'aws:ResourceTag/voicecell:pool': 'edge' } },
      { StringEquals: { ...ofCell, 'aws:ResourceTag/voicecell:tier': 'edge' } },
    ]);
  });

  test('a media node attaches, detaches, marks and deletes only spools of its cell, and only for media nodes', () => {
    const spools = { ...ofCell, 'aws:ResourceTag/voicecell:spool': 'use1-az4' };
    const statements = statementsOf(template, 'AWS::IAM::ManagedPolicy', 'MediaAdoptSpools');
    const change = statements.filter(({ Action }) => Action !== 'ec2:DescribeVolumes');
    expect(change.filter(({ Action }) => String(Action).startsWith('ec2:'))).toEqual([
      expect.objectContaining({
        Action: ['ec2:AttachVolume', 'ec2:DeleteVolume', 'ec2:DetachVolume'],
        Resource: `arn:aws:ec2:us-east-1:${plan.account}:volume/*`,
        Condition: { StringEquals: spools },
      }),
      expect.objectContaining({
        Action: ['ec2:AttachVolume', 'ec2:DetachVolume'],
        Resource: `arn:aws:ec2:us-east-1:${plan.account}:instance/*`,
        Condition: { StringEquals: { ...ofCell, 'aws:ResourceTag/voicecell:tier': 'media' } },
      }),
      expect.objectContaining({
        Action: 'ec2:CreateTags',
        Condition: {
          StringEquals: spools,
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['voicecell:spool-fault'] },
          Null: { 'aws:TagKeys': 'false' },
        },
      }),
    ]);
  });

  test('a media node uses the key of volumes through EC2 only, and grants it to nobody but AWS', () => {
    const keyed = statementsOf(template, 'AWS::IAM::ManagedPolicy', 'MediaAdoptSpools').filter(({ Action }) =>
      JSON.stringify(Action).includes('kms:'),
    );
    const StringEquals = { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' };
    const Resource = `arn:aws:kms:us-east-1:${plan.account}:key/volume`;
    expect(keyed).toEqual([
      expect.objectContaining({
        Action: 'kms:CreateGrant',
        Resource,
        Condition: { StringEquals, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
      expect.objectContaining({ Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource, Condition: { StringEquals } }),
    ]);
  });

  test('only media nodes adopt spools, and their volumes carry the tag that lets them', () => {
    const adopting = stack.statements().filter(({ Action }) => [Action].flat().includes('ec2:AttachVolume'));
    expect(adopting).toHaveLength(2);
    expect(
      stack.launchTemplates().map(({ TagSpecifications }) => JSON.stringify(TagSpecifications).includes('spool')),
    ).toEqual(TIERS.map((tier) => tier === 'media'));
  });

  test('the recorder sees spools that are mounted while it runs', () => {
    const recorder = stack.hostContainers().find(({ Name }) => Name === 'recorder');
    expect(recorder?.['MountPoints']).toContainEqual(
      expect.objectContaining({ ContainerPath: '/var/spool/voicecell-adopted:rslave', ReadOnly: false }),
    );
  });

  test('only media tasks may become the writer of the vault', () => {
    const writers = stack.all('AWS::IAM::Role').filter(({ RoleName }) => RoleName === cell.mediaTaskRole);
    expect(writers).toHaveLength(1);
    expect(stack.statements().filter(({ Action }) => Action === 'sts:AssumeRole')).toEqual([
      expect.objectContaining({ Resource: `arn:aws:iam::${plan.account}:role/${plan.names.roles.writer}` }),
    ]);
  });

  test('edge tasks decrypt with the key of the certificate, through Secrets Manager and for its secret only', () => {
    const certificateKeyArn = `arn:aws:kms:us-east-1:${plan.account}:key/12345678-90ab-cdef-1234-567890abcdef`;
    const keyed = new CellTemplate({ ...plan, sip: { ...plan.sip, certificateKeyArn } });
    expect(statementsOf(keyed.template, 'AWS::IAM::ManagedPolicy', 'EdgeTaskPolicy')).toContainEqual({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: certificateKeyArn,
      Condition: {
        StringEquals: {
          'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com',
          'kms:EncryptionContext:SecretARN': plan.sip.certificateSecretArn,
        },
      },
    });
    const others = (of: CellTemplate) =>
      of.statements().filter(({ Action }) => JSON.stringify(Action).includes('kms:'));
    expect(others(keyed)).toHaveLength(others(stack).length + 1);
  });

  test("are written in managed policies, none of AWS's own", () => {
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(JSON.stringify(stack.all('AWS::IAM::Role'))).not.toContain(':iam::aws:policy/');
  });

  const ofCell = {
    'aws:ResourceTag/voicecell:deployment': 'demo',
    'aws:ResourceTag/voicecell:cell': 'use1-az4',
  };
});

test('logs are encrypted and outlive the cell, kept as long as the plan keeps what is in them', () => {
  template.allResources('AWS::Logs::LogGroup', {
    Properties: { KmsKeyId: `arn:aws:kms:us-east-1:${plan.account}:key/log` },
    DeletionPolicy: 'RetainExceptOnCreate',
  });
  for (const name of [`${plan.names.logGroupPrefix}/use1-az4/edge`, `${plan.names.logGroupPrefix}/use1-az4/media`])
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: name, RetentionInDays: 2192 });
});

test('a network without the cell is refused by name', () => {
  expect(() => new CellTemplate(plan, { ...fakeNetwork(plan), cells: {} })).toThrow('the network has no cell use1-az4');
});
