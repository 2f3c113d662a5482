import { put } from './edits';
import { ways, type Kind } from './mutant';
import {
  BUCKET,
  BUCKET_POLICY,
  ENDPOINT,
  GROUP,
  holds,
  INFERENCE,
  isOfTier,
  KEY,
  LOG_GROUP,
  REPOSITORY,
  TABLE,
  TASK,
  TEMPLATE,
  TRAIL,
} from './subjects';

/** What the stack of somebody else exports, so that nobody sees it here. */
const ELSEWHERE = { 'Fn::ImportValue': 'acme-settings' };
const behind = (name: string, path: string) => ({ [`its ${name} is another stack’s to say`]: put(path, ELSEWHERE) });

const LOCK = 'ObjectLockConfiguration.Rule.DefaultRetention';
const SSE = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';
const OPTIONS = 'LaunchTemplateData.MetadataOptions';
const recording = holds('recording');

/** A value that a template hides is not one that holds. */
export const HIDDEN: readonly Kind[] = [
  ...ways('REC-01', BUCKET, behind('lock mode', `${LOCK}.Mode`), recording),
  ...ways('REC-02', BUCKET, behind('period', `${LOCK}.Days`), recording),
  ...ways('REC-05', BUCKET, behind('lifecycle', 'LifecycleConfiguration.Rules'), recording),
  ...ways('REC-06', BUCKET_POLICY, behind('policy', 'PolicyDocument'), ({ id }) => id.startsWith('Recordings')),
  ...ways('ENC-01', BUCKET, behind('encryption', SSE), holds('recording', 'transcript', 'weights')),
  ...ways('ENC-02', TEMPLATE, behind('disks', 'LaunchTemplateData.BlockDeviceMappings')),
  ...ways('ENC-04', KEY, behind('policy', 'KeyPolicy'), recording),
  ...ways('ENC-05', KEY, behind('rotation', 'EnableKeyRotation')),
  ...ways('ACC-02', BUCKET, behind('block of the public', 'PublicAccessBlockConfiguration')),
  ...ways('ACC-04', TEMPLATE, {
    ...behind('tokens', `${OPTIONS}.HttpTokens`),
    ...behind('hops', `${OPTIONS}.HttpPutResponseHopLimit`),
  }),
  ...ways('ACC-09', TASK, behind('privilege', 'ContainerDefinitions.0.Privileged')),
  ...ways('ACC-10', KEY, behind('policy', 'KeyPolicy'), (draft) => !recording(draft)),
  ...ways('AUD-01', TRAIL, behind('state', 'IsLogging')),
  ...ways('AUD-02', TRAIL, behind('validation', 'EnableLogFileValidation')),
  ...ways('AUD-03', LOG_GROUP, behind('period', 'RetentionInDays')),
  ...ways('NET-01', GROUP, behind('ingress', 'SecurityGroupIngress'), isOfTier(...INFERENCE)),
  ...ways('NET-02', GROUP, behind('ingress', 'SecurityGroupIngress'), isOfTier('edge')),
  ...ways(
    'NET-05',
    ENDPOINT,
    behind('DNS', 'PrivateDnsEnabled'),
    ({ properties }) => properties['PrivateDnsEnabled'] === true,
  ),
  ...ways(
    'NET-06',
    ENDPOINT,
    behind('policy', 'PolicyDocument'),
    ({ properties }) => properties['PolicyDocument'] !== undefined,
  ),
  ...ways('NET-08', GROUP, behind('egress', 'SecurityGroupEgress'), isOfTier('media')),
  ...ways('RES-06', KEY, behind('reach', 'MultiRegion')),
  ...ways('RES-14', ENDPOINT, behind('service', 'ServiceName')),
  ...ways('INF-02', REPOSITORY, behind('mutability', 'ImageTagMutability')),
  ...ways('INF-02', TASK, behind('image', 'ContainerDefinitions.0.Image'), isOfTier(...INFERENCE)),
  ...ways('AVL-05', TABLE, behind('recovery', 'PointInTimeRecoverySpecification')),
  ...ways('GOV-04', BUCKET, behind('tags', 'Tags'), recording),
];
