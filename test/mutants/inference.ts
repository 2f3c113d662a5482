import { alter, beside, drop, push, put } from './edits';
import type { Draft } from './draft';
import { ways, type Kind } from './mutant';
import { allowed } from './statements';
import { FLEET, hasRole, INFERENCE, isOfTier, MANAGED_POLICY, REPOSITORY, ROLE, TASK, TEMPLATE } from './subjects';

const onEdge = (draft: Draft): void => {
  const edge = draft.ofType(FLEET).find((id) => id.startsWith('EdgeFleet'));
  const { VPCZoneIdentifier: to } = (edge ? draft.at(edge)['Properties'] : {}) as {
    readonly VPCZoneIdentifier?: unknown;
  };
  if (to) draft.properties['VPCZoneIdentifier'] = to;
};

const models = isOfTier(...INFERENCE);
const INTERFACE = 'LaunchTemplateData.NetworkInterfaces.0.AssociatePublicIpAddress';
const invokes = (resource: string) => allowed(() => ({ Action: 'bedrock:InvokeModel*', Resource: resource }));
const volume = (more: Readonly<Record<string, unknown>>) => push('Volumes', () => ({ Name: 'shared', ...more }));
const EFS = { EFSVolumeConfiguration: { FilesystemId: 'fs-0123456789abcdef0' } };
const last = 'ContainerDefinitions.*.Image';

export const INFERENCE_KINDS: readonly Kind[] = [
  ...ways('INF-01', TEMPLATE, { 'it takes a public address': put(INTERFACE, true) }, models),
  ...ways('INF-01', FLEET, { 'it stands in the subnet of the edge': onEdge }, models),
  ...ways('INF-02', REPOSITORY, {
    'its tags can be moved': put('ImageTagMutability', 'MUTABLE'),
    'it says nothing of tags': drop('ImageTagMutability'),
    'its images are not scanned': put('ImageScanningConfiguration.ScanOnPush', false),
    'it says nothing of scanning': drop('ImageScanningConfiguration'),
  }),
  ...ways(
    'INF-02',
    TASK,
    {
      'its image is the latest': alter(last, () => 'public.ecr.aws/acme/server:latest'),
      'its model is of the branch main': push('ContainerDefinitions.0.Command', () => '--revision=main'),
      'its model is fetched by name': put('ContainerDefinitions.0.Command', [
        'serve',
        'Qwen/Qwen3-8B',
        '--revision',
        'main',
      ]),
    },
    models,
  ),
  ...ways(
    'INF-03',
    MANAGED_POLICY,
    {
      'it may invoke every model': invokes('*'),
      'it may invoke every model of a maker': invokes('arn:aws:bedrock:*::foundation-model/anthropic.*'),
    },
    hasRole('TaskPolicy'),
  ),
  ...ways(
    'INF-03',
    ROLE,
    {
      'it has AmazonBedrockFullAccess': push(
        'ManagedPolicyArns',
        () => 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess',
      ),
    },
    hasRole('TaskRole'),
  ),
  ...ways(
    'INF-04',
    TASK,
    {
      'it mounts a file system that stays': volume(EFS),
      'it mounts a shared volume of Docker': volume({
        DockerVolumeConfiguration: { Scope: 'shared', Driver: 'local' },
      }),
    },
    isOfTier('media', ...INFERENCE),
  ),
  ...ways('INF-05', '/records', {
    'calls pass through a service that is not in the table': beside('AWS::VoiceID::Domain', () => ({
      Name: 'callers',
      ServerSideEncryptionConfiguration: { KmsKeyId: 'alias/voice' },
    })),
    'calls pass through a service nobody has classified': beside('AWS::Acme::Store', () => ({})),
  }),
];
