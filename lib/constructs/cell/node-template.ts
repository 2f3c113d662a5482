import { Fn } from 'aws-cdk-lib';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile, type Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { VoicecellTags } from '../../tags';
import type { FleetProps } from './fleet';

export interface NodeVolumes {
  readonly rootGiB: number;
  /**
   * Size of a second volume that outlives its node, so that what is spooled on it can be adopted.
   * @default no spool volume
   */
  readonly spoolGiB?: number;
  /** What the volumes hold. */
  readonly dataClass: VoicecellTags['dataClass'];
}

export interface NodeTemplateProps extends FleetProps {
  readonly name: string;
  readonly role: Role;
}

/** Launch template of a private, encrypted, IMDSv2-only node. A public address is claimed later or never. */
export class NodeTemplate extends Construct {
  readonly launchTemplateId: string;
  readonly latestVersion: string;

  constructor(scope: Construct, id: string, props: NodeTemplateProps) {
    super(scope, id);
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [props.role.roleName] });
    const template = new CfnLaunchTemplate(this, 'LaunchTemplate', {
      launchTemplateName: props.name,
      launchTemplateData: {
        ...hardware(props),
        imageId: props.amiId,
        // A node that cannot be made ready powers itself off; the group replaces it.
        instanceInitiatedShutdownBehavior: 'terminate',
        iamInstanceProfile: { arn: profile.attrArn },
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
        monitoring: { enabled: true },
        networkInterfaces: [networkInterface(props.securityGroupId)],
        blockDeviceMappings: blockDevices(props),
        tagSpecifications: tagSpecifications(props),
        userData: Fn.base64(props.userData),
      },
    });
    this.launchTemplateId = template.ref;
    this.latestVersion = template.attrLatestVersionNumber;
  }
}

/** Root device of the ECS-optimized Amazon Linux 2023 images. */
const ROOT_DEVICE = '/dev/xvda';
const SPOOL_DEVICE = '/dev/sdf';

function hardware(props: NodeTemplateProps): CfnLaunchTemplate.LaunchTemplateDataProperty {
  const { placementGroup } = props;
  return {
    instanceType: props.instanceType,
    ebsOptimized: true,
    placement: placementGroup === undefined ? undefined : { groupName: placementGroup },
  };
}

const networkInterface = (securityGroupId: string): CfnLaunchTemplate.NetworkInterfaceProperty => ({
  deviceIndex: 0,
  associatePublicIpAddress: false,
  deleteOnTermination: true,
  groups: [securityGroupId],
});

function blockDevices({ context, volumes }: NodeTemplateProps): CfnLaunchTemplate.BlockDeviceMappingProperty[] {
  const kmsKeyId = context.records.keys.volume.keyArn;
  const volume = (deviceName: string, volumeSize: number, deleteOnTermination: boolean) => ({
    deviceName,
    ebs: { volumeType: 'gp3', volumeSize, encrypted: true, kmsKeyId, deleteOnTermination },
  });
  const root = volume(ROOT_DEVICE, volumes.rootGiB, true);
  return volumes.spoolGiB === undefined ? [root] : [root, volume(SPOOL_DEVICE, volumes.spoolGiB, false)];
}

/** Auto Scaling propagates its tags to instances only: volumes and network interfaces are tagged here. */
function tagSpecifications(props: NodeTemplateProps): CfnLaunchTemplate.TagSpecificationProperty[] {
  const { context, tier, volumes } = props;
  const common = [
    { key: 'Name', value: props.name },
    { key: 'voicecell:deployment', value: context.plan.deployment },
    { key: 'voicecell:cell', value: context.cell.azId },
    { key: 'voicecell:tier', value: tier },
  ];
  const dataClass = { key: 'voicecell:data-class', value: volumes.dataClass ?? 'none' };
  const spool = volumes.spoolGiB === undefined ? [] : [{ key: 'voicecell:spool', value: context.cell.azId }];
  return [
    { resourceType: 'instance', tags: common },
    { resourceType: 'network-interface', tags: common },
    { resourceType: 'volume', tags: [...common, dataClass, ...spool] },
  ];
}
