import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import {
  CancelKeyDeletionCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
  type KMSClient,
} from '@aws-sdk/client-kms';
import {
  done,
  everything,
  policyWith,
  policyWithout,
  eachStatement,
  swapped,
  toggled,
  type Drift,
  type Undo,
} from './drift';

const KEY = 'AWS::KMS::Key';

const key = (
  what: string,
  inject: (kms: KMSClient, KeyId: string) => Promise<Undo>,
  found: readonly string[],
  ...minded: readonly string[]
): Drift => ({
  what,
  inject: (kit) => inject(kit.here.kms, kit.idOf(KEY, /^KeysRecordingKey/)),
  found: found.map((property) => `KeysRecordingKey.${property}`),
  minded,
});

const changedKeyPolicy = (kms: KMSClient, KeyId: string, change: (policy: string) => string): Promise<Undo> =>
  swapped(
    async () => (await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }))).Policy ?? '',
    (Policy) => kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy })),
    change,
  );

const SOMETIMES = { StringEquals: { 'aws:PrincipalTag/team': 'none' } };

const KEYS: readonly Drift[] = [
  key(
    'a key that no longer rotates',
    (kms, KeyId) =>
      done(kms.send(new DisableKeyRotationCommand({ KeyId })), () => kms.send(new EnableKeyRotationCommand({ KeyId }))),
    ['EnableKeyRotation'],
    'ENC-05 unmet KeysRecordingKey',
  ),
  key(
    'a key out of use',
    (kms, KeyId) => done(kms.send(new DisableKeyCommand({ KeyId })), () => kms.send(new EnableKeyCommand({ KeyId }))),
    ['Enabled'],
    'ENC-04 unmet KeysRecordingKey',
    'ENC-05 unmet KeysRecordingKey',
  ),
  key(
    'a key that will be gone in a week',
    (kms, KeyId) =>
      done(kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })), async () => {
        await kms.send(new CancelKeyDeletionCommand({ KeyId }));
        return kms.send(new EnableKeyCommand({ KeyId }));
      }),
    ['Enabled', 'PendingWindowInDays'],
    'ENC-04 unmet KeysRecordingKey',
    'ENC-05 unmet KeysRecordingKey',
  ),
  key(
    'a key policy that no longer denies destruction',
    (kms, KeyId) => changedKeyPolicy(kms, KeyId, (policy) => policyWithout(policy, 'DenyDestruction')),
    ['KeyPolicy'],
    'ENC-04 unmet KeysRecordingKey',
  ),
  key(
    'a key policy whose denials ask for more',
    (kms, KeyId) =>
      changedKeyPolicy(kms, KeyId, (policy) =>
        eachStatement(policy, ({ Condition, ...one }) => ({
          ...one,
          Condition: { ...(Condition as object), ...SOMETIMES },
        })),
      ),
    ['KeyPolicy'],
    'ENC-04 unmet KeysRecordingKey',
  ),
  key(
    'a key that another account may use',
    (kms, KeyId) =>
      changedKeyPolicy(kms, KeyId, (policy) =>
        policyWith(policy, {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::999988887777:root' },
          Action: 'kms:Decrypt',
          Resource: '*',
        }),
      ),
    ['KeyPolicy'],
    'ACC-10 unmet KeysRecordingKey',
  ),
  {
    what: 'an alias moved to another key',
    inject: (kit) => {
      const AliasName = kit.idOf('AWS::KMS::Alias', /^KeysRecordingAlias/);
      return toggled(
        (TargetKeyId: string) => kit.here.kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId })),
        kit.idOf(KEY, /^KeysWeightsKey/),
        kit.idOf(KEY, /^KeysRecordingKey/),
      );
    },
    found: ['KeysRecordingAlias.TargetKeyId'],
    minded: [],
  },
];

const role = (
  what: string,
  inject: (iam: IAMClient, RoleName: string) => Promise<Undo>,
  found: readonly string[],
  ...minded: readonly string[]
): Drift => ({
  what,
  inject: (kit) => inject(kit.here.iam, kit.idOf('AWS::IAM::Role', /^AccessPlayback/)),
  found: found.map((property) => `AccessPlayback.${property}`),
  minded,
});

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ANYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }],
});
const HALF_A_DAY = 43_200;

const ROLES: readonly Drift[] = [
  role(
    'a role that anybody may take',
    (iam, RoleName) =>
      swapped(
        async () =>
          decodeURIComponent((await iam.send(new GetRoleCommand({ RoleName }))).Role?.AssumeRolePolicyDocument ?? ''),
        (PolicyDocument) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument })),
        () => ANYBODY,
      ),
    ['AssumeRolePolicyDocument'],
    'ACC-03 unmet AccessPlayback',
  ),
  role(
    'a role that somebody more may take',
    (iam, RoleName) =>
      swapped(
        async () =>
          decodeURIComponent((await iam.send(new GetRoleCommand({ RoleName }))).Role?.AssumeRolePolicyDocument ?? ''),
        (PolicyDocument) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument })),
        (policy) =>
          eachStatement(policy, ({ Principal, ...one }) => ({
            ...one,
            Principal: { ...(Principal as object), Service: 'ec2.amazonaws.com' },
          })),
      ),
    ['AssumeRolePolicyDocument'],
  ),
  role(
    'an administrator’s policy on a role',
    (iam, RoleName) =>
      done(iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR })), () =>
        iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR })),
      ),
    ['ManagedPolicyArns'],
    'ACC-01 unmet AccessPlayback',
    'INF-03 unmet AccessPlayback',
    'RES-08 unmet AccessPlayback',
    'RES-09 unmet AccessPlayback',
  ),
  role(
    'a policy in a role',
    (iam, RoleName) =>
      done(iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'by-hand', PolicyDocument: everything })), () =>
        iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'by-hand' })),
      ),
    ['Policies'],
    'ACC-01 unmet AccessPlayback',
    'INF-03 unmet AccessPlayback',
    'RES-08 unmet AccessPlayback',
    'RES-09 unmet AccessPlayback',
  ),
  role(
    'a boundary around a role',
    (iam, RoleName) =>
      done(iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: ADMINISTRATOR })), () =>
        iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
      ),
    ['PermissionsBoundary'],
  ),
  role(
    'sessions of half a day',
    (iam, RoleName) =>
      swapped(
        async () => {
          const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
          return { Description: Role?.Description ?? '', MaxSessionDuration: Role?.MaxSessionDuration };
        },
        (settings) => iam.send(new UpdateRoleCommand({ RoleName, ...settings })),
        (settings) => ({ ...settings, MaxSessionDuration: HALF_A_DAY }),
      ),
    ['MaxSessionDuration'],
    'ACC-05 unmet AccessPlayback',
  ),
  {
    what: 'a policy with everything in it',
    inject: async (kit) => {
      const PolicyArn = kit.idOf('AWS::IAM::ManagedPolicy', /^AccessPlaybackPolicy/);
      const { iam } = kit.here;
      const made = await iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: everything, SetAsDefault: true }),
      );
      return async () => {
        await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
        return iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: made.PolicyVersion?.VersionId }));
      };
    },
    found: ['AccessPlaybackPolicy.PolicyDocument'],
    minded: [
      'ACC-01 unmet AccessPlayback',
      'INF-03 unmet AccessPlaybackPolicy',
      'RES-08 unmet AccessPlaybackPolicy',
      'RES-09 unmet AccessPlaybackPolicy',
    ],
  },
  {
    what: 'a policy taken from its role',
    inject: (kit) => {
      const attachment = {
        RoleName: kit.idOf('AWS::IAM::Role', /^AccessBreakGlass/),
        PolicyArn: kit.idOf('AWS::IAM::ManagedPolicy', /^AccessBreakGlassPolicy/),
      };
      return done(kit.here.iam.send(new DetachRolePolicyCommand(attachment)), () =>
        kit.here.iam.send(new AttachRolePolicyCommand(attachment)),
      );
    },
    found: ['AccessBreakGlassPolicy.Roles'],
    minded: ['ACC-01 silent AccessBreakGlass'],
  },
];

export const DRIFTS_OF_RIGHTS: readonly Drift[] = [...KEYS, ...ROLES];
