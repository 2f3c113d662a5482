import type { Template } from 'aws-cdk-lib/assertions';
import { CellStack } from '../../lib/stacks/cell';
import type { CellPlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import { templateOf, testApp } from './cdk';
import { planWithKitContainers } from './contract-input';
import { fakeNetwork, fakeRecords } from './foundations';

export type Properties = Record<string, unknown>;

export interface LaunchData {
  readonly MetadataOptions: unknown;
  readonly NetworkInterfaces: unknown;
  readonly BlockDeviceMappings: readonly { readonly Ebs: { readonly DeleteOnTermination: boolean } }[];
  readonly TagSpecifications: unknown;
}

export interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export const plan = planWithKitContainers();
export const [cell] = plan.cells as readonly [CellPlan, CellPlan];
export const TIERS = ['edge', 'media', 'stt', 'llm', 'tts'];

/** The synthesised first cell of a region, asked by resource type. */
export class CellTemplate {
  readonly template: Template;

  constructor(region: RegionPlan = plan, network = fakeNetwork(region)) {
    const app = testApp();
    const records = fakeRecords(app, region);
    this.template = templateOf(
      new CellStack(app, 'cell-use1-az4', { plan: region, cell: region.cells[0] ?? cell, network, records }),
    );
  }

  all(type: string): Properties[] {
    return Object.values(this.template.findResources(type)).map(({ Properties }) => Properties as Properties);
  }

  launchTemplates(): LaunchData[] {
    return this.all('AWS::EC2::LaunchTemplate').map(({ LaunchTemplateData }) => LaunchTemplateData as LaunchData);
  }

  /** The Auto Scaling group of a tier. */
  group(tier: string): Properties {
    const name = `${cell.name}-${tier}`;
    const groups = this.all('AWS::AutoScaling::AutoScalingGroup');
    return groups.find(({ AutoScalingGroupName }) => AutoScalingGroupName === name) ?? {};
  }

  hostTasks(): Properties[] {
    return this.all('AWS::ECS::TaskDefinition').filter(({ NetworkMode }) => NetworkMode === 'host');
  }

  hostContainers(): Properties[] {
    return this.hostTasks().flatMap(({ ContainerDefinitions }) => ContainerDefinitions as Properties[]);
  }

  /** The services of the tiers that handle calls. */
  callServices(): Properties[] {
    return this.all('AWS::ECS::Service').filter(({ ServiceName }) => ServiceName === 'edge' || ServiceName === 'media');
  }

  /** Ingress rules from addresses, not from groups of the cell. */
  ingressFromOutside(protocol: string): unknown[] {
    const inline = this.all('AWS::EC2::SecurityGroup').flatMap(
      (group) => (group['SecurityGroupIngress'] ?? []) as Properties[],
    );
    return [...inline, ...this.all('AWS::EC2::SecurityGroupIngress')]
      .filter(({ CidrIp, IpProtocol }) => CidrIp !== undefined && IpProtocol === protocol)
      .map(({ CidrIp, FromPort, ToPort }) => [CidrIp, FromPort, ToPort]);
  }

  statements(): Statement[] {
    return this.all('AWS::IAM::ManagedPolicy').flatMap(
      ({ PolicyDocument }) => (PolicyDocument as { Statement: Statement[] }).Statement,
    );
  }
}
