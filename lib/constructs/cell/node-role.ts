import { type IManagedPolicy, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { CellContext } from './cell-context';

export interface NodeRoleProps {
  readonly context: CellContext;
  readonly policies: IManagedPolicy[];
}

/**
 * Role of a tier's instances: an ECS container instance of this cluster and no more. Images are pulled and logs are
 * written with the tasks' execution role, so AWS's broad managed policy for container instances is not needed.
 */
export class NodeRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { context, policies }: NodeRoleProps) {
    super(scope, id);
    const agent = new ManagedPolicy(this, 'Agent', {
      description: `ECS agent of ${context.clusterName}`,
      statements: [...agentStatements(context), ...sessionStatements(context)],
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      description: `Nodes of ${context.clusterName}`,
      managedPolicies: [agent, ...policies],
    });
  }
}

/** Actions and resource types of the ECS section of the service authorization reference. */
function agentStatements({ plan, cluster, clusterName }: CellContext): PolicyStatement[] {
  const instances = `arn:${plan.partition}:ecs:${plan.region}:${plan.account}:container-instance/${clusterName}/*`;
  return [
    // Takes no resource.
    new PolicyStatement({ actions: ['ecs:DiscoverPollEndpoint'], resources: ['*'] }),
    new PolicyStatement({
      actions: [
        'ecs:RegisterContainerInstance',
        'ecs:DeregisterContainerInstance',
        'ecs:SubmitAttachmentStateChanges',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitTaskStateChange',
      ],
      resources: [cluster.attrArn],
    }),
    new PolicyStatement({
      actions: ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState', 'ecs:TagResource'],
      resources: [instances],
    }),
  ];
}

/** Session Manager, where the deployment declares it. None of its actions takes a resource (service authorization reference). */
const sessionStatements = ({ plan }: CellContext): PolicyStatement[] =>
  plan.sessionManager === 'off'
    ? []
    : [
        new PolicyStatement({
          actions: [
            'ssm:UpdateInstanceInformation',
            'ssmmessages:CreateControlChannel',
            'ssmmessages:CreateDataChannel',
            'ssmmessages:OpenControlChannel',
            'ssmmessages:OpenDataChannel',
          ],
          resources: ['*'],
        }),
      ];
