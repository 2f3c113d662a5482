import {
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  paginateListInstanceProfiles,
  paginateListRoles,
  type GetAccountAuthorizationDetailsResponse,
  type GroupDetail,
  type InstanceProfile,
  type ManagedPolicyDetail,
  type Role,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { type Answer, mapAnswer } from '../../../../../aws/answer';
import { clientConfig } from '../../../../../aws/reader';
import type { Deployed, LiveReader, LiveRegion, Reading } from '../../reading';
import { Attachments } from './iam-attachments';
import { type Found, GONE, type Part, type Properties, readingOf } from './parts';
import { documentOf, everyPage, picked, tagsOf } from './shapes';

const DETAILS = 'iam:GetAccountAuthorizationDetails';
const ROLES = 'iam:ListRoles';
const PROFILES = 'iam:ListInstanceProfiles';

/**
 * One reader for three types: three lists tell all roles and policies of the account, where asking one by one would take four
 * questions for each.
 */
export const iam: LiveReader = {
  types: ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::InstanceProfile'],
  actions: [DETAILS, PROFILES, ROLES],
  read: async (deployed, region) => {
    if (deployed.length === 0) return [];
    const account = await accountOf(region);
    const attachments = new Attachments(deployed);
    return deployed.map(
      (one) => READ[one.resource.type]?.(one, account, attachments) ?? { deployed: one, properties: {} },
    );
  },
};

interface Account {
  readonly details: Answer<Details>;
  /** What the details of a role lack. */
  readonly roles: Answer<ReadonlyMap<string, Role>>;
  readonly profiles: Answer<ReadonlyMap<string, InstanceProfile>>;
}

interface Details {
  readonly roles: ReadonlyMap<string, RoleDetail>;
  readonly policies: ReadonlyMap<string, ManagedPolicyDetail>;
  readonly users: readonly UserDetail[];
  readonly groups: readonly GroupDetail[];
}

const PAGE = { MaxItems: 1000 };

async function accountOf(region: LiveRegion): Promise<Account> {
  const client = new IAMClient(clientConfig(region));
  const { ask } = region;
  const [details, roles, profiles] = await Promise.all([
    ask(DETAILS, async (abortSignal) => {
      const of = {
        ...PAGE,
        Filter: ['User' as const, 'Role' as const, 'Group' as const, 'LocalManagedPolicy' as const],
      };
      return detailsOf(
        await everyPage(paginateGetAccountAuthorizationDetails({ client }, of, { abortSignal }), (page) => [page]),
      );
    }),
    ask(ROLES, async (abortSignal) =>
      byName(await everyPage(paginateListRoles({ client }, PAGE, { abortSignal }), (page) => page.Roles), 'RoleName'),
    ),
    ask(PROFILES, async (abortSignal) => {
      const pages = paginateListInstanceProfiles({ client }, PAGE, { abortSignal });
      return byName(await everyPage(pages, (page) => page.InstanceProfiles), 'InstanceProfileName');
    }),
  ]);
  client.destroy();
  return { details, roles, profiles };
}

const detailsOf = (pages: readonly GetAccountAuthorizationDetailsResponse[]): Details => ({
  roles: byName(
    pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList),
    'RoleName',
  ),
  policies: byName(
    pages.flatMap(({ Policies = [] }) => Policies),
    'Arn',
  ),
  users: pages.flatMap(({ UserDetailList = [] }) => UserDetailList),
  groups: pages.flatMap(({ GroupDetailList = [] }) => GroupDetailList),
});

const byName = <K extends string, T extends { readonly [name in K]?: string | undefined }>(
  all: readonly T[],
  name: K,
): ReadonlyMap<string, T> => new Map(all.map((one) => [one[name] ?? '', one]));

const READ: Readonly<Record<string, (one: Deployed, account: Account, attachments: Attachments) => Reading>> = {
  'AWS::IAM::Role': (one, { details, roles }, attachments) =>
    readingOf(
      one,
      [
        found(ROLE, details, ({ roles: all }) => {
          const role = all.get(one.physicalId);
          return role && roleOf(role, attachments);
        }),
        found(['Description', 'MaxSessionDuration'], roles, (all) => {
          const role = all.get(one.physicalId);
          return role && picked(role, ['Description', 'MaxSessionDuration']);
        }),
      ],
      { Path: '/', MaxSessionDuration: 3600, RoleName: one.physicalId },
    ),
  'AWS::IAM::ManagedPolicy': (one, { details }, attachments) =>
    readingOf(
      one,
      [
        found(POLICY, details, (all) => {
          const policy = all.policies.get(one.physicalId);
          return policy && policyOf(policy, all, attachments);
        }),
      ],
      { Path: '/', ManagedPolicyName: nameIn(one.physicalId) },
    ),
  'AWS::IAM::InstanceProfile': (one, { profiles }) =>
    readingOf(
      one,
      [
        found(['InstanceProfileName', 'Path', 'Roles'], profiles, (all) => {
          const profile = all.get(one.physicalId);
          return profile && profileOf(profile);
        }),
      ],
      { Path: '/', InstanceProfileName: one.physicalId },
    ),
};

const found = <T>(names: readonly string[], answer: Answer<T>, of: (value: T) => Properties | undefined): Part => ({
  names,
  answer: mapAnswer(answer, (value): Found => of(value) ?? GONE),
});

const ROLE = [
  'AssumeRolePolicyDocument',
  'ManagedPolicyArns',
  'Path',
  'PermissionsBoundary',
  'Policies',
  'RoleName',
  'Tags',
];

const roleOf = (role: RoleDetail, attachments: Attachments): Properties => ({
  AssumeRolePolicyDocument: documentOf(role.AssumeRolePolicyDocument),
  ManagedPolicyArns: attachments.ofRole(role.RoleName ?? '', arnsOf(role)),
  Path: role.Path,
  PermissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
  Policies: role.RolePolicyList?.map(({ PolicyName, PolicyDocument }) => ({
    PolicyName,
    PolicyDocument: documentOf(PolicyDocument),
  })),
  RoleName: role.RoleName,
  ...tagsOf(role.Tags),
});

const arnsOf = ({ AttachedManagedPolicies = [] }: Pick<RoleDetail, 'AttachedManagedPolicies'>): string[] =>
  AttachedManagedPolicies.map(({ PolicyArn = '' }) => PolicyArn);

const nameIn = (arn: string): string | undefined => arn.split('/').at(-1);

const POLICY = ['Description', 'Groups', 'ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles', 'Users'];

function policyOf(
  policy: ManagedPolicyDetail,
  { roles, users, groups }: Details,
  attachments: Attachments,
): Properties {
  const { Arn = '', PolicyVersionList = [] } = policy;
  const has = (holder: Pick<RoleDetail, 'AttachedManagedPolicies'>): boolean => arnsOf(holder).includes(Arn);
  const holders = [...roles.values()].filter(has).map(({ RoleName = '' }) => RoleName);
  return {
    Description: policy.Description,
    Groups: groups.filter(has).map(({ GroupName }) => GroupName),
    ManagedPolicyName: nameIn(Arn),
    Path: policy.Path,
    PolicyDocument: documentOf(PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document),
    Roles: attachments.ofPolicy(Arn, holders),
    Users: users.filter(has).map(({ UserName }) => UserName),
  };
}

const profileOf = ({ InstanceProfileName, Path, Roles = [] }: InstanceProfile): Properties => ({
  InstanceProfileName,
  Path,
  Roles: Roles.map(({ RoleName }) => RoleName),
});
