import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { viaService } from '../records/arns';
import type { CellContext } from './cell-context';
import { fleetName } from './fleet';

type Tier = 'edge' | 'media';

/** What a task may do to keep itself and its node while calls last: protect itself, renew and complete its hook. */
export function keepCallsStatements(context: CellContext, tier: Tier): PolicyStatement[] {
  const { plan, clusterName } = context;
  const ecs = `arn:${plan.partition}:ecs:${plan.region}:${plan.account}`;
  return [
    new PolicyStatement({
      actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection', 'ecs:DescribeTasks'],
      resources: [`${ecs}:task/${clusterName}/*`],
    }),
    // Its own node's status: DRAINING is one of the three signs that a drain has begun.
    new PolicyStatement({
      actions: ['ecs:DescribeContainerInstances'],
      resources: [`${ecs}:container-instance/${clusterName}/*`],
    }),
    // Whether a deployment is under way is another, and which of its tasks are more than it wants.
    new PolicyStatement({
      actions: ['ecs:DescribeServices'],
      resources: [`${ecs}:service/${clusterName}/${context.cell[tier].serviceName}`],
    }),
    new PolicyStatement({
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': context.cluster.attrArn } },
    }),
    // How full it is and whether it leaves, told to the nodes of its service, who settle by it which of them go. IAM can name
    // neither the attribute nor the task's own instance (docs/lifecycle.md says what that means).
    new PolicyStatement({
      actions: ['ecs:PutAttributes'],
      resources: [`${ecs}:container-instance/${clusterName}/*`],
    }),
    new PolicyStatement({ actions: ['ecs:ListAttributes'], resources: [context.cluster.attrArn] }),
    new PolicyStatement({
      actions: ['autoscaling:RecordLifecycleActionHeartbeat', 'autoscaling:CompleteLifecycleAction'],
      resources: [groupArn(context, tier)],
    }),
  ];
}

/** How the roster sees the cell: how many media nodes it wants. Which there are, the directory says. */
export function watchCellStatements({ plan, cell, clusterName }: CellContext): PolicyStatement[] {
  const media = `arn:${plan.partition}:ecs:${plan.region}:${plan.account}:service/${clusterName}/${cell.media.serviceName}`;
  return [new PolicyStatement({ actions: ['ecs:DescribeServices'], resources: [media] })];
}

/**
 * Registers the node where carriers look for it. Cloud Map writes the records with the caller's rights, so the zone is
 * named as well (Cloud Map developer guide, API permissions; managed policy AWSCloudMapRegisterInstanceAccess).
 */
export function sipDirectoryStatements({ plan, network }: CellContext): PolicyStatement[] {
  const { hostServiceArn, srvServices, hostedZoneId } = network.sipDirectory;
  return [
    new PolicyStatement({
      actions: [
        'servicediscovery:RegisterInstance',
        'servicediscovery:DeregisterInstance',
        'servicediscovery:UpdateInstanceCustomHealthStatus',
        'servicediscovery:GetInstance',
        // A node that died cannot take itself out: the others find and remove what it left.
        'servicediscovery:ListInstances',
      ],
      resources: [hostServiceArn, ...srvServices.map((service) => service.arn)],
    }),
    // Takes no resource; registering is asynchronous.
    new PolicyStatement({ actions: ['servicediscovery:GetOperation'], resources: ['*'] }),
    new PolicyStatement({
      actions: ['route53:ChangeResourceRecordSets', 'route53:GetHostedZone'],
      resources: [`arn:${plan.partition}:route53:::hostedzone/${hostedZoneId}`],
    }),
  ];
}

/**
 * The certificate and, where its secret is under a key of the account's own, that key: through Secrets Manager and for this
 * secret only (Secrets Manager user guide, "Secret encryption and decryption": its encryption context).
 */
export function readCertificateStatements({ plan }: CellContext): PolicyStatement[] {
  const { certificateSecretArn, certificateKeyArn } = plan.sip;
  const read = new PolicyStatement({
    actions: ['secretsmanager:GetSecretValue'],
    resources: [certificateSecretArn],
  });
  if (certificateKeyArn === undefined) return [read];
  const decrypt = new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [certificateKeyArn],
    conditions: {
      StringEquals: {
        'kms:ViaService': viaService('secretsmanager', plan.region),
        'kms:EncryptionContext:SecretARN': certificateSecretArn,
      },
    },
  });
  return [read, decrypt];
}

/** Lets a node claim an address of its cell's pool for itself and for no node of another cell or tier. */
export function claimAddressStatements({ plan, cell }: CellContext): PolicyStatement[] {
  const ec2 = `arn:${plan.partition}:ec2:${plan.region}:${plan.account}`;
  const ofCell = {
    'aws:ResourceTag/voicecell:deployment': plan.deployment,
    'aws:ResourceTag/voicecell:cell': cell.azId,
  };
  return [
    // Takes no resource.
    new PolicyStatement({ actions: ['ec2:DescribeAddresses'], resources: ['*'] }),
    new PolicyStatement({
      actions: ['ec2:AssociateAddress'],
      resources: [`${ec2}:elastic-ip/*`],
      conditions: { StringEquals: { ...ofCell, 'aws:ResourceTag/voicecell:pool': 'edge' } },
    }),
    new PolicyStatement({
      actions: ['ec2:AssociateAddress'],
      resources: [`${ec2}:network-interface/*`, `${ec2}:instance/*`],
      conditions: { StringEquals: { ...ofCell, 'aws:ResourceTag/voicecell:tier': 'edge' } },
    }),
  ];
}

const groupArn = (context: CellContext, tier: Tier): string => {
  const { partition, region, account } = context.plan;
  return `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${fleetName(context, tier)}`;
};
