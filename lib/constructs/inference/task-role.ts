import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { InferencePlan } from '../../../regions/plan/cell-types';
import type { CellContext } from '../cell/cell-context';

export interface InferenceTaskRoleProps {
  readonly context: CellContext;
  readonly service: InferencePlan;
}

/** What the containers of an inference task may do: read their own model, and nothing else. */
export class InferenceTaskRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { context, service }: InferenceTaskRoleProps) {
    super(scope, id);
    const description = `Model of ${service.tier} in ${context.clusterName}`;
    const policy = new ManagedPolicy(this, 'Policy', { description, statements: readModel(context, service) });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      description,
      managedPolicies: [policy],
    });
  }
}

function readModel({ records }: CellContext, { weightsPrefix }: InferencePlan): PolicyStatement[] {
  const { weightsBucket, keys } = records;
  const prefix = weightsPrefix.replace(/\/$/, '');
  return [
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [weightsBucket.arnForObjects(`${prefix}/*`)] }),
    new PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [weightsBucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': [prefix, `${prefix}/*`] } },
    }),
    new PolicyStatement({ actions: ['kms:Decrypt'], resources: [keys.weights.keyArn] }),
  ];
}
