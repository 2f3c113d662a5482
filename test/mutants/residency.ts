import { alter, beside, push, put, rewritten } from './edits';
import type { Draft, Json } from './draft';
import { ways, type Kind } from './mutant';
import { allowed } from './statements';
import {
  abroad,
  BUCKET,
  BUCKET_POLICY,
  ENDPOINT,
  FAR_AWAY,
  hasRole,
  INFERENCE,
  isOfTier,
  KEY,
  LOG_GROUP,
  MANAGED_POLICY,
  TASK,
  TEMPLATE,
} from './subjects';

const told = (Name: string, Value: (draft: Draft) => string) =>
  push('ContainerDefinitions.0.Environment', (draft) => ({ Name, Value: Value(draft) }));

const movedTo = (region: (draft: Draft) => string | undefined) => (draft: Draft) => {
  draft.region = region(draft);
};
const anyAccount = (draft: Draft): void => {
  draft.account = undefined;
};

const arn = (service: string, resource: string) => (draft: Draft) =>
  `arn:aws:${service}:${abroad(draft)}:111122223333:${resource}`;

const vault = (draft: Draft): Json => ({ DestinationBackupVaultArn: arn('backup', 'backup-vault:copies')(draft) });
const BACKUP = beside('AWS::Backup::BackupPlan', (draft) => ({
  BackupPlan: {
    BackupPlanName: 'copies',
    BackupPlanRule: [{ RuleName: 'daily', TargetBackupVault: 'Default', CopyActions: [vault(draft)] }],
  },
}));
const SNAPSHOTS = beside('AWS::DLM::LifecyclePolicy', (draft) => ({
  PolicyDetails: { Schedules: [{ Name: 'daily', CrossRegionCopyRules: [{ Target: abroad(draft), Encrypted: true }] }] },
}));

const REPLICAS = {
  'a table is replicated abroad': beside('AWS::DynamoDB::GlobalTable', (draft) => ({
    Replicas: [{ Region: draft.region }, { Region: abroad(draft) }],
  })),
  'images are replicated abroad': beside('AWS::ECR::ReplicationConfiguration', (draft) => ({
    ReplicationConfiguration: { Rules: [{ Destinations: [{ Region: abroad(draft), RegistryId: '111122223333' }] }] },
  })),
  'a secret is replicated abroad': beside('AWS::SecretsManager::Secret', (draft) => ({
    ReplicaRegions: [{ Region: abroad(draft) }],
  })),
  'a file system is replicated abroad': beside('AWS::EFS::FileSystem', (draft) => ({
    ReplicationConfiguration: { Destinations: [{ Region: abroad(draft) }] },
  })),
};

const mayInvoke = (resource: (draft: Draft) => string) =>
  allowed((draft) => ({ Action: 'bedrock:InvokeModel', Resource: resource(draft) }));
const model = ({ region }: Draft): string => `arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`;
const profile = (id: string) => (draft: Draft) =>
  `arn:aws:bedrock:${draft.region}:111122223333:inference-profile/${id}`;
const otherGeography = (draft: Draft): string => `${abroad(draft).slice(0, 2)}.amazon.nova-lite-v1:0`;
const mediaTask = hasRole('MediaTaskPolicy');

const GLOBAL_EDGE = {
  'a distribution stands before it': beside('AWS::CloudFront::Distribution', () => ({
    DistributionConfig: { Enabled: true },
  })),
  'an accelerator stands before it': beside('AWS::GlobalAccelerator::Accelerator', () => ({ Name: 'calls' })),
  'an edge-optimized API stands before it': beside('AWS::ApiGateway::RestApi', () => ({ Name: 'calls' })),
};

const IMAGE = 'ContainerDefinitions.0.Image';

export const RESIDENCY: readonly Kind[] = [
  ...ways('RES-01', '/', {
    'it lies abroad': movedTo(abroad),
    'it lies anywhere': movedTo(() => undefined),
    'it is of any account': anyAccount,
  }),
  ...ways('RES-02', MANAGED_POLICY, { 'it names the partition of China': rewritten(/arn:aws:/g, 'arn:aws-cn:') }),
  ...ways('RES-02', BUCKET_POLICY, {
    'it names the partition of the government': rewritten(/arn:aws:/g, 'arn:aws-us-gov:'),
  }),
  ...ways('RES-03', '/copies', { 'it lies far away': movedTo(() => FAR_AWAY) }),
  ...ways('RES-03', '/records', { 'it lies far away': movedTo(() => FAR_AWAY) }),
  ...ways('RES-05', '/records', { 'backups are copied abroad': BACKUP, 'snapshots are copied abroad': SNAPSHOTS }),
  ...ways('RES-06', KEY, { 'it is multi-Region': put('MultiRegion', true) }),
  ...ways('RES-07', '/records', REPLICAS),
  ...ways(
    'RES-08',
    MANAGED_POLICY,
    {
      'it allows a global profile': mayInvoke(profile('global.amazon.nova-lite-v1:0')),
      'it allows a model abroad': mayInvoke((draft) => model({ region: abroad(draft) } as Draft)),
    },
    mediaTask,
  ),
  ...ways('RES-08', TASK, {
    'it is told a global profile': told('LLM_MODEL_ID', () => 'global.amazon.nova-lite-v1:0'),
  }),
  ...ways(
    'RES-09',
    MANAGED_POLICY,
    { 'it allows a profile of another geography': mayInvoke((draft) => profile(otherGeography(draft))(draft)) },
    mediaTask,
  ),
  ...ways('RES-09', TASK, { 'it is told a profile of another geography': told('LLM_MODEL_ID', otherGeography) }),
  ...ways('RES-10', MANAGED_POLICY, { 'it allows a model that keeps what it is asked': mayInvoke(model) }, mediaTask),
  ...ways('RES-13', BUCKET, {
    'uploads are accelerated': put('AccelerateConfiguration', { AccelerationStatus: 'Enabled' }),
  }),
  ...ways('RES-13', '/network', GLOBAL_EDGE),
  ...ways('RES-14', ENDPOINT, {
    'its service is abroad': alter('ServiceName', (name, draft) =>
      String(name).replace(/(?:com\.amazonaws\.)[^.]+/, `com.amazonaws.${abroad(draft)}`),
    ),
    'its service is in a region far away': put('ServiceRegion', FAR_AWAY),
  }),
  ...ways('RES-14', '/network', {
    'its network is peered abroad': beside('AWS::EC2::VPCPeeringConnection', (draft) => ({
      PeerRegion: abroad(draft),
      VpcId: { Ref: draft.ofType('AWS::EC2::VPC')[0] },
      PeerVpcId: 'vpc-0123456789abcdef0',
    })),
  }),
  ...ways('RES-15', 'AWS::Events::Rule', {
    'it tells somebody abroad': (draft) => put('Targets.0.Arn', arn('sns', 'alarms')(draft))(draft),
  }),
  ...ways('RES-15', LOG_GROUP, {
    'its logs go abroad': beside('AWS::Logs::SubscriptionFilter', (draft) => ({
      LogGroupName: { Ref: draft.id },
      FilterPattern: '',
      DestinationArn: arn('logs', 'destination:central')(draft),
    })),
  }),
  ...ways('RES-15', '/watch', {
    'its telemetry goes to a vendor': beside('AWS::KinesisFirehose::DeliveryStream', () => ({
      HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'https://intake.vendor.example' } },
    })),
  }),
  ...ways('RES-16', TASK, {
    'it is pointed at an outside model': told('OPENAI_BASE_URL', () => 'https://api.openai.com/v1'),
    'it is pointed at a service abroad': told('POLLY_URL', (draft) => `https://polly.${abroad(draft)}.amazonaws.com`),
  }),
  ...ways('RES-17', TASK, {
    'its image is from Docker Hub': put(IMAGE, 'docker.io/vllm/vllm-openai:v0.24.0'),
    'its image is from ECR abroad': (draft) =>
      put(IMAGE, `111122223333.dkr.ecr.${abroad(draft)}.amazonaws.com/llm:1`)(draft),
  }),
  ...ways(
    'RES-17',
    TASK,
    {
      'its server fetches a model': push('ContainerDefinitions.0.Environment', () => ({
        Name: 'HF_MODEL_ID',
        Value: 'Qwen/Qwen3-8B',
      })),
    },
    isOfTier('media', 'edge'),
  ),
  ...ways(
    'RES-17',
    TEMPLATE,
    {
      'its script fetches a model': alter('LaunchTemplateData.UserData.Fn::Base64', (text) => ({
        'Fn::Join': ['', [text, '\nhuggingface-cli download Qwen/Qwen3-8B\n']],
      })),
    },
    isOfTier(...INFERENCE),
  ),
];
