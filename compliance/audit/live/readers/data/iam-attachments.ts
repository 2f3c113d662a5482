import { asList, TemplateSet } from '../../../../templates/template-set';
import type { Deployed } from '../../reading';

const POLICY = 'AWS::IAM::ManagedPolicy';

/**
 * An account says who has which policy; templates say it in two ways, by the role and by the policy. Each attachment is
 * reported where its template says it, and where neither does, by both.
 */
export class Attachments {
  private readonly set: TemplateSet;
  private readonly ids = new Map<string, string>();
  /** `<role name> <policy ARN>`, as the role says it, and as the policy does. */
  private readonly byRoles: ReadonlySet<string>;
  private readonly byPolicies: ReadonlySet<string>;

  constructor(deployed: readonly Deployed[]) {
    this.set = new TemplateSet([...new Set(deployed.map(({ resource }) => resource.stack))]);
    for (const { resource, physicalId } of deployed)
      this.ids.set(`${resource.stack.name}#${resource.logicalId}`, physicalId);
    const of = (type: string) => deployed.filter(({ resource }) => resource.type === type);
    this.byRoles = new Set(
      of('AWS::IAM::Role').flatMap((role) =>
        this.named(role, 'ManagedPolicyArns').map((arn) => pair(role.physicalId, arn)),
      ),
    );
    this.byPolicies = new Set(
      of(POLICY).flatMap((policy) => this.named(policy, 'Roles').map((role) => pair(role, policy.physicalId))),
    );
  }

  /** Of the policies that a role has, those that its template does not leave to the policies' own. */
  ofRole(role: string, arns: readonly string[]): string[] {
    return arns.filter((arn) => !this.byPolicies.has(pair(role, arn)) || this.byRoles.has(pair(role, arn)));
  }

  /** Of the roles that have a policy, those that its template does not leave to the roles' own. */
  ofPolicy(arn: string, roles: readonly string[]): string[] {
    return roles.filter((role) => !this.byRoles.has(pair(role, arn)) || this.byPolicies.has(pair(role, arn)));
  }

  private named({ resource }: Deployed, property: string): string[] {
    return asList(resource.properties[property]).flatMap((value) => {
      if (typeof value === 'string') return [value];
      const found = this.set.resolve(resource.stack, value);
      return (found && this.ids.get(`${found.stack.name}#${found.logicalId}`)) ?? [];
    });
  }
}

const pair = (role: string, arn: string): string => `${role} ${arn}`;
