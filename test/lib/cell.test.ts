import { Match, type Template } from 'aws-cdk-lib/assertions';
import { lifecycle } from '../../media/contract';
import { CellTemplate, type LaunchData, TIERS, cell, plan } from '../support/cell-template';

let stack: CellTemplate;
let template: Template;

beforeAll(() => {
  stack = new CellTemplate();
  ({ template } = stack);
});

describe('every node', () => {
  test('comes from the launch template of its tier', () => {
    expect(stack.all('AWS::EC2::LaunchTemplate').map(({ LaunchTemplateName }) => LaunchTemplateName)).toEqual(
      TIERS.map((tier) => `${cell.name}-${tier}`),
    );
  });

  test('answers metadata requests by session token only and no further than itself', () => {
    for (const { MetadataOptions } of stack.launchTemplates())
      expect(MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  test('has no public address at launch', () => {
    for (const { NetworkInterfaces } of stack.launchTemplates())
      expect(NetworkInterfaces).toEqual([expect.objectContaining({ AssociatePublicIpAddress: false })]);
  });

  test('has no volume that is not encrypted with the key of volumes', () => {
    const kmsKeyId = `arn:aws:kms:us-east-1:${plan.account}:key/volume`;
    for (const { Ebs } of stack.launchTemplates().flatMap(({ BlockDeviceMappings }) => BlockDeviceMappings))
      expect(Ebs).toMatchObject({ Encrypted: true, KmsKeyId: kmsKeyId });
  });

  test('is on demand', () => {
    for (const data of stack.launchTemplates()) expect(data).not.toHaveProperty('InstanceMarketOptions');
    for (const group of stack.all('AWS::AutoScaling::AutoScalingGroup'))
      expect(group).not.toHaveProperty('MixedInstancesPolicy');
  });

  test('and its volumes say which cell and tier they belong to', () => {
    stack.launchTemplates().forEach(({ TagSpecifications }, index) => {
      for (const resourceType of ['instance', 'volume', 'network-interface'])
        expect(TagSpecifications).toContainEqual({
          ResourceType: resourceType,
          Tags: expect.arrayContaining([
            { Key: 'voicecell:cell', Value: 'use1-az4' },
            { Key: 'voicecell:tier', Value: TIERS[index] },
          ]),
        });
    });
  });
});

describe('a fleet', () => {
  test.each([
    ['edge', 'subnet-edge-use1-az4'],
    ['media', 'subnet-media-use1-az4'],
    ['llm', 'subnet-inference-use1-az4'],
  ])('%s launches into its subnet of the cell and no other', (tier, subnet) => {
    expect(stack.group(tier)['VPCZoneIdentifier']).toEqual([subnet]);
  });

  test('of edge or media nodes may grow by the surge, so that a replacement has room', () => {
    expect(stack.group('edge')).toMatchObject({ MinSize: '0', MaxSize: String(cell.edge.nodes.max + cell.edge.surge) });
    expect(stack.group('media')).toMatchObject({
      MinSize: '0',
      MaxSize: String(cell.media.nodes.max + cell.media.surge),
    });
  });

  test('starts no node before its capacity provider knows the group', () => {
    for (const tier of ['edge', 'media'])
      expect(stack.group(tier)['Tags']).toContainEqual({ Key: 'AmazonECSManaged', Value: '', PropagateAtLaunch: true });
  });

  test('never has more edge nodes than the cell has Elastic IPs', () => {
    expect(Number(stack.group('edge')['MaxSize'])).toBeLessThanOrEqual(cell.elasticIps);
  });

  test.each(['edge', 'media'])('%s keeps its nodes until their calls have ended', (tier) => {
    expect(stack.group(tier)).toMatchObject({
      NewInstancesProtectedFromScaleIn: true,
      InstanceMaintenancePolicy: { MinHealthyPercentage: 100 },
      LifecycleHookSpecificationList: [
        {
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
          HeartbeatTimeout: lifecycle(plan.maxCallMinutes).hookHeartbeatSeconds,
        },
      ],
    });
  });

  test.each(TIERS)('%s is drained and protected by ECS', (tier) => {
    template.hasResourceProperties('AWS::ECS::CapacityProvider', {
      Name: `${cell.name}-${tier}`,
      AutoScalingGroupProvider: {
        ManagedDraining: 'ENABLED',
        ManagedTerminationProtection: 'ENABLED',
        ManagedScaling: { Status: 'ENABLED', TargetCapacity: 100 },
      },
    });
  });

  test('is rolled by an instance refresh that waits for no protection to be lifted', () => {
    template.allResources('AWS::AutoScaling::AutoScalingGroup', {
      UpdatePolicy: {
        AutoScalingInstanceRefresh: {
          Strategy: 'Rolling',
          Preferences: { SkipMatching: true, ScaleInProtectedInstances: 'Refresh' },
        },
      },
    });
  });

  test('is offered to the cluster before a service asks for it', () => {
    template.allResources('AWS::ECS::Service', { DependsOn: Match.arrayWith(['Capacity']) });
  });
});

describe('the spool', () => {
  test('outlives its media node, and no other tier has one', () => {
    const kept = stack
      .all('AWS::EC2::LaunchTemplate')
      .filter(({ LaunchTemplateData }) =>
        (LaunchTemplateData as LaunchData).BlockDeviceMappings.some(({ Ebs }) => !Ebs.DeleteOnTermination),
      );
    expect(kept.map(({ LaunchTemplateName }) => LaunchTemplateName)).toEqual([`${cell.name}-media`]);
  });
});
