import {
  type AdvancedEventSelector,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import { bucketArn } from '../../../lib/constructs/records/arns';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check, only } from './check';
import { keyArn } from './key-arn';
import { logGroupCheck } from './log-groups';

/** Who did what: logging, tamper-evident, with every read and write of the vaults and of the ledger. */
export function trailChecks(plan: RegionPlan, region: Region): Check[] {
  const { names, retention } = plan;
  return [
    settings(plan, region),
    check(
      `trail ${names.trail}: logging`,
      true,
      async () => (await region.cloudtrail.send(new GetTrailStatusCommand({ Name: names.trail }))).IsLogging,
    ),
    check(`trail ${names.trail}: what it records`, recorded(plan), async () => {
      const answer = await region.cloudtrail.send(new GetEventSelectorsCommand({ TrailName: names.trail }));
      return (answer.AdvancedEventSelectors ?? []).map(lineOf).toSorted();
    }),
    logGroupCheck({ name: `${names.logGroupPrefix}/trail`, days: retention.log.logGroupDays, plan, region }),
  ];
}

function settings({ names, trail }: RegionPlan, region: Region): Check {
  const expected = {
    multiRegion: trail.multiRegion,
    globalEvents: trail.multiRegion,
    validated: true,
    plannedKey: true,
    bucket: names.buckets.logs,
    logGroup: `${names.logGroupPrefix}/trail`,
  };
  return check(`trail ${names.trail}: settings`, expected, async () => {
    const answer = await region.cloudtrail.send(new DescribeTrailsCommand({ trailNameList: [names.trail] }));
    const found = only(answer.trailList, `trail ${names.trail}`);
    return {
      multiRegion: found.IsMultiRegionTrail,
      globalEvents: found.IncludeGlobalServiceEvents,
      validated: found.LogFileValidationEnabled,
      plannedKey: found.KmsKeyId === (await keyArn(region, names.keyAliases.log)),
      bucket: found.S3BucketName,
      logGroup: found.CloudWatchLogsLogGroupArn?.split(':log-group:')[1]?.replace(/:\*$/, ''),
    };
  });
}

function recorded(plan: RegionPlan): string[] {
  const { partition, region, account, names, trail } = plan;
  const table = `arn:${partition}:dynamodb:${region}:${account}:table/${names.ledgerTable}`;
  return [
    'Management',
    `Data AWS::DynamoDB::Table ${table}`,
    `Data AWS::S3::Object ${trail.dataEventBuckets
      .map((name) => `${bucketArn(plan, name)}/`)
      .toSorted()
      .join(' ')}`,
  ].toSorted();
}

function lineOf({ FieldSelectors = [] }: AdvancedEventSelector): string {
  const field = (name: string) => FieldSelectors.find(({ Field }) => Field === name);
  return [
    ...(field('eventCategory')?.Equals ?? ['no category']),
    ...(field('resources.type')?.Equals ?? []),
    ...(field('resources.ARN')?.StartsWith?.toSorted() ?? []),
  ].join(' ');
}
