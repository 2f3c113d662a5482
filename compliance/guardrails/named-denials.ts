import type { Denial } from './guardrail';
import type { Perimeter } from './perimeter';

/** What a region denial misses, or would miss once somebody exempts a service to mend something. */
export const namedDenials = (perimeter: Perimeter): readonly Denial[] => [
  globalProfiles(perimeter),
  behindGlobalProfiles(perimeter),
  inferenceOutside(perimeter),
  keyReplicas(perimeter),
  GLOBAL_EDGES,
  retentionOfBedrock(perimeter),
];

const globalProfileArn = ({ partition }: Perimeter): string =>
  `arn:${partition}:bedrock:*:*:inference-profile/global.*`;

const globalProfiles = (perimeter: Perimeter): Denial => ({
  denies: 'global inference profiles of Amazon Bedrock, and making profiles from them',
  statement: {
    Sid: 'DenyGlobalProfiles',
    Effect: 'Deny',
    Action: ['bedrock:*'],
    Resource: globalProfileArn(perimeter),
  },
});

/** A request that names a profile is also judged for the model behind it. */
const behindGlobalProfiles = (perimeter: Perimeter): Denial => ({
  denies: 'models behind global inference profiles',
  statement: {
    Sid: 'DenyBehindGlobalProfiles',
    Effect: 'Deny',
    Action: ['bedrock:*'],
    Resource: '*',
    Condition: { ArnLike: { 'bedrock:InferenceProfileArn': globalProfileArn(perimeter) } },
  },
});

const inferenceOutside = ({ regions }: Perimeter): Denial => ({
  denies: 'inference on Amazon Bedrock outside these regions, should it ever be exempted above',
  statement: {
    Sid: 'DenyBedrockOutside',
    Effect: 'Deny',
    Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:CreateModelInvocationJob'],
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
  },
});

/** The request goes to the region of the primary key, so the region denial lets it through. */
const keyReplicas = ({ regions }: Perimeter): Denial => ({
  denies: 'replicas of keys outside these regions',
  notes: [notTried('kms:ReplicaRegion')],
  statement: {
    Sid: 'DenyKeyReplicasOutside',
    Effect: 'Deny',
    Action: ['kms:ReplicateKey'],
    Resource: '*',
    Condition: { StringNotEquals: { 'kms:ReplicaRegion': regions } },
  },
});

const GLOBAL_EDGES: Denial = {
  denies: 'new regions, multi-Region access points, accelerators, distributions and transfer acceleration',
  notes: ['Regions that AWS has off by default are enabled from the management account.'],
  statement: {
    Sid: 'DenyGlobalEdges',
    Effect: 'Deny',
    Action: [
      'account:EnableRegion',
      'cloudfront:Create*Distribution*',
      'globalaccelerator:Create*',
      's3:CreateMultiRegionAccessPoint',
      's3:PutAccelerateConfiguration',
    ],
    Resource: '*',
  },
};

const retentionOfBedrock = ({ recordsOfficers }: Perimeter): Denial => ({
  denies: 'changing what Amazon Bedrock keeps, but to the records officer',
  notes: [notTried('bedrock:PutAccountDataRetention')],
  statement: {
    Sid: 'PinBedrockRetention',
    Effect: 'Deny',
    Action: ['bedrock:PutAccountDataRetention'],
    Resource: '*',
    Condition: { ArnNotLike: { 'aws:PrincipalArn': recordsOfficers } },
  },
});

function notTried(name: string): string {
  return `${name} is in the Service Authorization Reference but was not tried on an account: validate the policy first.`;
}
