import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { playbackPolicy, type Policy, type RecordStores, recordsOfficerPolicy, writerPolicy } from './access-policies';
import { breakGlassPolicy, keyAdminPolicy } from './guardian-policies';
import { trustedPeople } from './trusted-people';

type PeoplesRole = keyof RegionPlan['principals'];

/** The separated duties around records: whoever writes does not read, whoever reads administers no key. */
export class AccessRoles extends Construct {
  readonly writer: iam.IRole;
  readonly playback: iam.IRole;
  readonly recordsOfficer: iam.IRole;
  readonly keyAdmin: iam.IRole;
  readonly breakGlass: iam.IRole;
  private readonly stores: RecordStores;

  constructor(scope: Construct, id: string, stores: RecordStores) {
    super(scope, id);
    this.stores = stores;
    this.writer = this.role('Writer', {
      name: 'writer',
      description: 'Media nodes store recordings, transcripts and ledger items; they read none',
      trusts: mediaTasks(stores.plan),
      policy: writerPolicy,
    });
    this.playback = this.people('Playback', 'playback', playbackPolicy);
    this.recordsOfficer = this.people('RecordsOfficer', 'recordsOfficer', recordsOfficerPolicy);
    this.keyAdmin = this.people('KeyAdmin', 'keyAdmin', keyAdminPolicy);
    this.breakGlass = this.people('BreakGlass', 'breakGlass', breakGlassPolicy);
  }

  private people(id: string, name: PeoplesRole, policy: Policy): iam.IRole {
    const trusts = trustedPeople(this.stores.plan.principals[name], this.stores.plan.region);
    return this.role(id, { name, description: DUTIES[name], trusts, policy });
  }

  private role(id: string, { name, description, trusts, policy }: RoleSpec): iam.IRole {
    const roleName = this.stores.plan.names.roles[name];
    const role = new iam.Role(this, id, {
      roleName,
      description,
      assumedBy: trusts,
      maxSessionDuration: Duration.hours(1),
    });
    new iam.ManagedPolicy(this, `${id}Policy`, {
      managedPolicyName: roleName,
      description,
      roles: [role],
      statements: policy(this.stores),
    });
    return role;
  }
}

interface RoleSpec {
  readonly name: 'writer' | PeoplesRole;
  readonly description: string;
  readonly trusts: iam.IPrincipal;
  readonly policy: Policy;
}

const DUTIES: Readonly<Record<PeoplesRole, string>> = {
  playback: 'Finds calls and listens to them',
  recordsOfficer: 'Holds, extends and exports records',
  keyAdmin: 'Administers keys without using or destroying them',
  breakGlass: 'Emergencies only: deletes what the guards protect; every use raises an alert',
};

/** The task roles of the cells' media nodes, which are made after this stack. */
function mediaTasks({ partition, account, cells }: RegionPlan): iam.IPrincipal {
  const arns = cells.map((cell) => `arn:${partition}:iam::${account}:role/${cell.mediaTaskRole}`);
  return new iam.PrincipalWithConditions(new iam.AccountPrincipal(account), {
    ArnEquals: { 'aws:PrincipalArn': arns },
  });
}
