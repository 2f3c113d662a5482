import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsResponse,
  GetTrailStatusCommand,
  paginateListTags,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import { answering } from '../../../../../aws/errors';
import type { LiveRegion } from '../../reading';
import { GONE, type Properties } from './parts';
import { type Listing, type Question, serviceReader } from './service-reader';
import { everyPage, tagsOf, tidy } from './shapes';

const gone = answering(GONE, 'TrailNotFoundException', 'ResourceNotFoundException');

const TRAILS: Listing<CloudTrailClient> = {
  action: 'cloudtrail:DescribeTrails',
  names: [
    'CloudWatchLogsLogGroupArn',
    'CloudWatchLogsRoleArn',
    'EnableLogFileValidation',
    'IncludeGlobalServiceEvents',
    'IsMultiRegionTrail',
    'IsOrganizationTrail',
    'KMSKeyId',
    'S3BucketName',
    'S3KeyPrefix',
    'SnsTopicName',
    'TrailName',
  ],
  list: async ({ client, abortSignal }) => {
    const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: false }), {
      abortSignal,
    });
    return new Map(trailList.map((trail) => [trail.Name ?? '', trailOf(trail)]));
  },
};

const LOGGING: Question<CloudTrailClient> = {
  action: 'cloudtrail:GetTrailStatus',
  names: ['IsLogging'],
  read: ({ client, id, region, abortSignal }) =>
    client
      .send(new GetTrailStatusCommand({ Name: arnOf(id, region) }), { abortSignal })
      .then(({ IsLogging }) => ({ IsLogging: IsLogging ?? false }))
      .catch(gone),
};

const SELECTORS: Question<CloudTrailClient> = {
  action: 'cloudtrail:GetEventSelectors',
  names: ['AdvancedEventSelectors', 'EventSelectors'],
  read: ({ client, id, region, abortSignal }) =>
    client
      .send(new GetEventSelectorsCommand({ TrailName: arnOf(id, region) }), { abortSignal })
      .then(selectorsOf)
      .catch(gone),
};

const TAGS: Question<CloudTrailClient> = {
  action: 'cloudtrail:ListTags',
  names: ['Tags'],
  read: ({ client, id, region, abortSignal }) =>
    everyPage(paginateListTags({ client }, { ResourceIdList: [arnOf(id, region)] }, { abortSignal }), (page) =>
      page.ResourceTagList?.flatMap(({ TagsList = [] }) => TagsList),
    )
      .then(tagsOf)
      .catch(gone),
};

export const cloudTrails = serviceReader({
  type: 'AWS::CloudTrail::Trail',
  client: CloudTrailClient,
  listings: [TRAILS],
  questions: [LOGGING, SELECTORS, TAGS],
  defaults: ({ physicalId }) => ({
    TrailName: physicalId,
    EnableLogFileValidation: false,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: false,
    IsOrganizationTrail: false,
    EventSelectors: MANAGEMENT_EVENTS,
  }),
});

const arnOf = (name: string, { partition, region, account }: LiveRegion): string =>
  `arn:${partition}:cloudtrail:${region}:${account}:trail/${name}`;

const trailOf = (trail: Trail): Properties => ({
  CloudWatchLogsLogGroupArn: trail.CloudWatchLogsLogGroupArn,
  CloudWatchLogsRoleArn: trail.CloudWatchLogsRoleArn,
  EnableLogFileValidation: trail.LogFileValidationEnabled ?? false,
  IncludeGlobalServiceEvents: trail.IncludeGlobalServiceEvents ?? false,
  IsMultiRegionTrail: trail.IsMultiRegionTrail ?? false,
  IsOrganizationTrail: trail.IsOrganizationTrail ?? false,
  KMSKeyId: trail.KmsKeyId,
  S3BucketName: trail.S3BucketName,
  S3KeyPrefix: trail.S3KeyPrefix,
  SnsTopicName: trail.SnsTopicName,
  TrailName: trail.Name,
});

/** What a trail records when nobody says (CloudTrail API reference, `GetEventSelectors`). */
const MANAGEMENT_EVENTS = [{ ReadWriteType: 'All', IncludeManagementEvents: true }];

/** A trail has one kind or the other. */
const selectorsOf = ({ AdvancedEventSelectors = [], EventSelectors = [] }: GetEventSelectorsResponse): Properties =>
  AdvancedEventSelectors.length > 0
    ? { AdvancedEventSelectors: tidy(AdvancedEventSelectors) }
    : { EventSelectors: tidy(EventSelectors) };
