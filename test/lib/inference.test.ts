import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CellStack } from '../../lib/stacks/cell';
import type { CellPlan, InferencePlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import { templateOf, testApp } from '../support/cdk';
import { planWithKitContainers } from '../support/contract-input';
import { fakeNetwork, fakeRecords } from '../support/foundations';

const plan = planWithKitContainers();

function cellTemplate(of: RegionPlan): Template {
  const app = testApp();
  const [cell] = of.cells;
  if (!cell) throw new Error('the plan of the tests has a cell');
  const props = { plan: of, cell, network: fakeNetwork(of), records: fakeRecords(app, of) };
  return templateOf(new CellStack(app, `cell-${cell.azId}`, props));
}

/** The plan with the inference services of its first cell changed. */
function withInference(change: (service: InferencePlan) => InferencePlan): RegionPlan {
  const [first, ...others] = plan.cells as readonly [CellPlan, ...CellPlan[]];
  return { ...plan, cells: [{ ...first, inference: first.inference.map(change) }, ...others] };
}

interface Container {
  readonly Name: string;
  readonly MountPoints: { ContainerPath: string; ReadOnly: boolean }[];
}

function containersOf(template: Template, family: string): Container[] {
  const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition', { Properties: { Family: family } }));
  return (task as { Properties: { ContainerDefinitions: Container[] } }).Properties.ContainerDefinitions;
}

const LLM = 'demo-us-east-1-use1-az4-llm';
const STT = 'demo-us-east-1-use1-az4-stt';
let template: Template;

beforeAll(() => {
  template = cellTemplate(plan);
});

test('an inference task has its own address in the inference subnet of the cell and no public one', () => {
  template.hasResourceProperties('AWS::ECS::Service', {
    ServiceName: 'llm',
    NetworkConfiguration: {
      AwsvpcConfiguration: { Subnets: ['subnet-inference-use1-az4'], AssignPublicIp: Match.absent() },
    },
  });
});

test('its name resolves in the private namespace of the cell, to healthy tasks, and is soon forgotten', () => {
  template.hasResourceProperties('AWS::ServiceDiscovery::Service', {
    Name: 'llm',
    NamespaceId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Namespace'), 'Id'] },
    DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] },
    HealthCheckCustomConfig: { FailureThreshold: 1 },
  });
});

test('the model server runs as the plan says, on a GPU of its own', () => {
  expect(containersOf(template, LLM)).toEqual([
    expect.objectContaining({
      Name: 'llm',
      Image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/demo-us-east-1/llm@sha256:${'a'.repeat(64)}`,
      Command: ['serve', '--port', '8000'],
      User: '1000:1000',
      ResourceRequirements: [{ Type: 'GPU', Value: '1' }],
      LinuxParameters: expect.objectContaining({ SharedMemorySize: 1024 }),
    }),
  ]);
});

test('a slow start is covered by the grace of the service, because a container may ask for five minutes only', () => {
  expect(containersOf(template, LLM)[0]).toMatchObject({ HealthCheck: { StartPeriod: 300 } });
  template.hasResourceProperties('AWS::ECS::Service', { ServiceName: 'llm', HealthCheckGracePeriodSeconds: 1800 });
});

test('a server that stages its weights waits for the loader and may only read them', () => {
  const [loader, server] = containersOf(template, STT);
  expect(loader).toMatchObject({ Name: 'loader', Essential: false, User: '10001:10001', StartTimeout: 1800 });
  expect(loader?.MountPoints).toEqual([expect.objectContaining({ ContainerPath: '/opt/weights', ReadOnly: false })]);
  expect(server).toMatchObject({ DependsOn: [{ ContainerName: 'loader', Condition: 'SUCCESS' }] });
  expect(server?.MountPoints).toContainEqual(
    expect.objectContaining({ ContainerPath: '/opt/weights', ReadOnly: true }),
  );
});

test('a server that streams its weights has no loader, only a cache that stays on the node', () => {
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Family: LLM,
    Volumes: [{ Name: 'cache', Host: { SourcePath: '/opt/voicecell/cache' } }],
  });
});

describe('during a deployment one task goes before its successor comes, because quota has no spare GPU', () => {
  const minima = { stt: 1, llm: 3, tts: 8 } as const;
  let sized: Template;

  beforeAll(() => {
    sized = cellTemplate(withInference((service) => ({ ...service, tasks: { min: minima[service.tier], max: 10 } })));
  });

  test.each([
    ['stt', 1, 0],
    ['llm', 3, 66],
    ['tts', 8, 87],
  ])('of the %s tasks, at least %i, %i percent stay', (ServiceName, _min, MinimumHealthyPercent) => {
    sized.hasResourceProperties('AWS::ECS::Service', {
      ServiceName,
      DesiredCount: Match.absent(),
      DeploymentConfiguration: {
        MaximumPercent: 100,
        MinimumHealthyPercent,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      },
    });
  });
});

test('each service scales on its own tasks and declared calls', () => {
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
    ResourceId: 'service/demo-us-east-1-use1-az4/tts',
    MinCapacity: 2,
    MaxCapacity: 5,
  });
});

test('an inference task may read its own model and nothing else', () => {
  const [policy] = Object.values(
    template.findResources('AWS::IAM::ManagedPolicy', {
      Properties: { Description: 'Model of stt in demo-us-east-1-use1-az4' },
    }),
  ) as {
    Properties: { PolicyDocument: { Statement: { Action: string; Resource: unknown; Condition?: unknown }[] } };
  }[];
  const [get, list, decrypt, ...others] = policy?.Properties.PolicyDocument.Statement ?? [];
  expect(get?.Action).toBe('s3:GetObject');
  expect(JSON.stringify(get?.Resource)).toContain(
    ':s3:::demo-us-east-1-weights-123456789012/example/stt-model/abc123/*',
  );
  expect(list).toMatchObject({
    Action: 's3:ListBucket',
    Condition: { StringLike: { 's3:prefix': ['example/stt-model/abc123', 'example/stt-model/abc123/*'] } },
  });
  expect(decrypt).toMatchObject({ Action: 'kms:Decrypt', Resource: 'arn:aws:kms:us-east-1:123456789012:key/weights' });
  expect(others).toEqual([]);
});

test('what a model server logs is kept as long as prompts and encrypted', () => {
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: {
      LogGroupName: '/voicecell/demo/us-east-1/use1-az4/llm',
      RetentionInDays: 90,
      KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/log',
    },
  });
});

describe('GPUs reserved and close together', () => {
  let special: Template;

  beforeAll(() => {
    special = cellTemplate(
      withInference((service) => ({ ...service, capacityReservation: 'create', placementGroup: 'cluster' })),
    );
  });

  test('are not asked for unless the plan does', () => {
    template.resourceCountIs('AWS::EC2::CapacityReservation', 0);
    template.resourceCountIs('AWS::EC2::PlacementGroup', 0);
  });

  test('are the minimum of instances, in the zone of the cell', () => {
    special.hasResourceProperties('AWS::EC2::CapacityReservation', {
      AvailabilityZoneId: 'use1-az4',
      InstanceType: 'g6e.2xlarge',
      InstanceCount: 2,
      InstanceMatchCriteria: 'targeted',
    });
  });

  test('are filled first, and on-demand ones take what is above', () => {
    special.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      AutoScalingGroupName: LLM,
      CapacityReservationSpecification: { CapacityReservationPreference: 'capacity-reservations-first' },
    });
  });
});
