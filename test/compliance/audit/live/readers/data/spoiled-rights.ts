import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  DisableKeyCommand,
  DisableKeyRotationCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import type { DeployedKit } from '../../../../../support/deployed';
import type { Spoiled } from './spoiled';
import { clientsOf, idOf } from './victim';

const KEY = 'AWS::KMS::Key';
const ROLE = 'AWS::IAM::Role';
const POLICY = 'AWS::IAM::ManagedPolicy';
const PROFILE = 'AWS::IAM::InstanceProfile';
const ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const ANYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
});

const KEYS: readonly Spoiled[] = [
  {
    type: KEY,
    what: 'no rotation',
    spoil: (kit) => clientsOf(kit).kms.send(new DisableKeyRotationCommand({ KeyId: idOf(kit, KEY, /Recording/) })),
    changed: ['EnableKeyRotation'],
  },
  {
    type: KEY,
    what: 'a policy for everybody',
    spoil: (kit) =>
      clientsOf(kit).kms.send(
        new PutKeyPolicyCommand({ KeyId: idOf(kit, KEY, /Recording/), PolicyName: 'default', Policy: ALL }),
      ),
    changed: ['KeyPolicy'],
  },
  {
    type: KEY,
    what: 'out of use',
    spoil: (kit) => clientsOf(kit).kms.send(new DisableKeyCommand({ KeyId: idOf(kit, KEY, /Recording/) })),
    changed: ['Enabled'],
  },
  {
    type: KEY,
    what: 'deletion in a week',
    spoil: (kit) =>
      clientsOf(kit).kms.send(
        new ScheduleKeyDeletionCommand({ KeyId: idOf(kit, KEY, /Transcript/), PendingWindowInDays: 7 }),
      ),
    changed: ['Enabled', 'PendingWindowInDays'],
  },
  {
    type: 'AWS::KMS::Alias',
    what: 'the name of another key',
    spoil: (kit) =>
      clientsOf(kit).kms.send(
        new UpdateAliasCommand({
          AliasName: idOf(kit, 'AWS::KMS::Alias', /Recording/),
          TargetKeyId: idOf(kit, KEY, /Weights/),
        }),
      ),
    changed: ['TargetKeyId'],
  },
];

const iam = ({ emulator, plan }: DeployedKit): IAMClient => new IAMClient({ ...emulator.client, region: plan.region });

const right = (type: string, what: string, changed: string, spoil: Spoiled['spoil']): Spoiled => ({
  type,
  what,
  spoil,
  changed: [changed],
});

const RIGHTS: readonly Spoiled[] = [
  right(ROLE, 'trust in everybody', 'AssumeRolePolicyDocument', (kit) =>
    iam(kit).send(new UpdateAssumeRolePolicyCommand({ RoleName: idOf(kit, ROLE), PolicyDocument: ANYBODY })),
  ),
  right(ROLE, 'an inline policy', 'Policies', (kit) =>
    iam(kit).send(new PutRolePolicyCommand({ RoleName: idOf(kit, ROLE), PolicyName: 'by-hand', PolicyDocument: ALL })),
  ),
  right(ROLE, 'a policy of AWS’s', 'ManagedPolicyArns', (kit) =>
    iam(kit).send(
      new AttachRolePolicyCommand({
        RoleName: idOf(kit, ROLE),
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    ),
  ),
  {
    type: ROLE,
    what: 'longer sessions',
    spoil: (kit) =>
      iam(kit).send(
        new UpdateRoleCommand({
          RoleName: idOf(kit, ROLE, /BreakGlass/),
          Description: 'by hand',
          MaxSessionDuration: 43_200,
        }),
      ),
    changed: ['Description', 'MaxSessionDuration'],
  },
  right(POLICY, 'another version', 'PolicyDocument', (kit) =>
    iam(kit).send(
      new CreatePolicyVersionCommand({ PolicyArn: idOf(kit, POLICY), PolicyDocument: ALL, SetAsDefault: true }),
    ),
  ),
  right(POLICY, 'taken from its role', 'Roles', (kit) =>
    iam(kit).send(
      new DetachRolePolicyCommand({
        RoleName: idOf(kit, ROLE, /BreakGlass/),
        PolicyArn: idOf(kit, POLICY, /BreakGlass/),
      }),
    ),
  ),
  right(PROFILE, 'no role', 'Roles', (kit) =>
    iam(kit).send(
      new RemoveRoleFromInstanceProfileCommand({
        InstanceProfileName: idOf(kit, PROFILE, /^Edge/),
        RoleName: idOf(kit, ROLE, /^EdgeFleetNodeRole/),
      }),
    ),
  ),
];

export const SPOILED_RIGHTS: readonly Spoiled[] = [...KEYS, ...RIGHTS];
