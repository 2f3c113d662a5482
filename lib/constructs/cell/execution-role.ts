import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface ExecutionRoleProps {
  /** What the role serves, such as `edge of demo-us-east-1-use1-az4`. */
  readonly purpose: string;
  readonly logGroup: CfnLogGroup;
  /** ECR repositories of the task's images. */
  readonly repositoryArns: readonly string[];
  /**
   * Secrets that the agent puts in the containers' environment.
   * @default none
   */
  readonly secretArns?: readonly string[];
}

/** What the ECS agent does for a task: pull these images, write this log, read these secrets. */
export class ExecutionRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `Starts the ${props.purpose}`,
      statements: statements(props),
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      description: `Starts the ${props.purpose}`,
      managedPolicies: [policy],
    });
  }
}

function statements({ logGroup, repositoryArns, secretArns = [] }: ExecutionRoleProps): PolicyStatement[] {
  return [
    // Takes no resource.
    new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    ...allow(['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], repositoryArns),
    ...allow(['secretsmanager:GetSecretValue'], secretArns),
    ...allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.attrArn]),
  ];
}

const allow = (actions: string[], resources: readonly string[]): PolicyStatement[] =>
  resources.length === 0 ? [] : [new PolicyStatement({ actions, resources: [...new Set(resources)] })];
