import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface ServiceRoleProps {
  readonly trusts: iam.IPrincipal;
  readonly description: string;
  readonly statements: iam.PolicyStatement[];
}

/** A role that one service acts as. Depend on its policy: a service tries its role the moment it is given one. */
export class ServiceRole extends Construct {
  readonly arn: string;
  readonly policy: iam.ManagedPolicy;

  constructor(scope: Construct, id: string, { trusts, description, statements }: ServiceRoleProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', { assumedBy: trusts, description });
    this.policy = new iam.ManagedPolicy(this, 'Policy', { description, roles: [role], statements });
    this.arn = role.roleArn;
  }
}
