import {
  type AliasListEntry,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type GetKeyRotationStatusResponse,
  KMSClient,
  type KeyMetadata,
  paginateListAliases,
  paginateListResourceTags,
} from '@aws-sdk/client-kms';
import { answering, given } from '../../../../../aws/errors';
import type { LiveRegion } from '../../reading';
import { GONE, type Properties } from './parts';
import { serviceReader, type Question } from './service-reader';
import { documentOf, everyPage, tagsOf } from './shapes';

const gone = answering(GONE, 'NotFoundException');

const STATE: Question<KMSClient> = {
  action: 'kms:DescribeKey',
  names: ['Description', 'Enabled', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new DescribeKeyCommand({ KeyId: id }), { abortSignal })
      .then(({ KeyMetadata }) => stateOf(given(KeyMetadata, 'key')))
      .catch(gone),
};

const POLICY: Question<KMSClient> = {
  action: 'kms:GetKeyPolicy',
  names: ['KeyPolicy'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }), { abortSignal })
      .then(({ Policy }) => ({ KeyPolicy: documentOf(Policy) }))
      .catch(gone),
};

const ROTATION: Question<KMSClient> = {
  action: 'kms:GetKeyRotationStatus',
  names: ['EnableKeyRotation', 'RotationPeriodInDays'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new GetKeyRotationStatusCommand({ KeyId: id }), { abortSignal })
      .then(rotationOf)
      .catch(gone),
};

const TAGS: Question<KMSClient> = {
  action: 'kms:ListResourceTags',
  names: ['Tags'],
  read: ({ client, id, abortSignal }) =>
    everyPage(paginateListResourceTags({ client }, { KeyId: id }, { abortSignal }), ({ Tags }) => Tags)
      .then(tagsOf)
      .catch(gone),
};

export const kmsKeys = serviceReader({
  type: 'AWS::KMS::Key',
  client: KMSClient,
  questions: [STATE, POLICY, ROTATION, TAGS],
  defaults: () => ({
    Enabled: true,
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
    MultiRegion: false,
    Origin: 'AWS_KMS',
    EnableKeyRotation: false,
    RotationPeriodInDays: 365,
  }),
});

/** Of a key that is not being deleted, nothing says how long it would wait. */
const stateOf = ({ KeyState, DeletionDate, ...key }: KeyMetadata): Properties => ({
  Description: key.Description,
  Enabled: KeyState !== 'Disabled' && KeyState !== 'PendingDeletion',
  KeySpec: key.KeySpec,
  KeyUsage: key.KeyUsage,
  MultiRegion: key.MultiRegion,
  Origin: key.Origin,
  ...(KeyState === 'PendingDeletion' && { PendingWindowInDays: daysUntil(DeletionDate) }),
});

const DAY_MS = 86_400_000;

/** What is left of the waiting period. */
const daysUntil = (date: Date = new Date()): number => Math.ceil((date.getTime() - Date.now()) / DAY_MS);

const rotationOf = ({ KeyRotationEnabled, RotationPeriodInDays }: GetKeyRotationStatusResponse): Properties => ({
  EnableKeyRotation: KeyRotationEnabled,
  // Reported of a key that does not rotate, too.
  RotationPeriodInDays: KeyRotationEnabled ? RotationPeriodInDays : undefined,
});

export const kmsAliases = serviceReader({
  type: 'AWS::KMS::Alias',
  client: KMSClient,
  listings: [
    {
      action: 'kms:ListAliases',
      names: ['AliasName', 'TargetKeyId'],
      list: async ({ client, region, abortSignal }) => {
        const aliases = await everyPage(paginateListAliases({ client }, {}, { abortSignal }), ({ Aliases }) => Aliases);
        return new Map(aliases.map((alias) => [alias.AliasName ?? '', aliasOf(alias, region)]));
      },
    },
  ],
});

/** Templates point at the key by its ARN. */
const aliasOf = (
  { AliasName, TargetKeyId = '' }: AliasListEntry,
  { partition, region, account }: LiveRegion,
): Properties => ({ AliasName, TargetKeyId: `arn:${partition}:kms:${region}:${account}:key/${TargetKeyId}` });
