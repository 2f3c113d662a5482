import { CloudTrailClient, GetTrailStatusCommand, type GetTrailStatusCommandOutput } from '@aws-sdk/client-cloudtrail';
import type { Answer } from '../../../../aws/answer';
import { answering } from '../../../../aws/errors';
import { clientConfig } from '../../../../aws/reader';
import type { Finding } from '../../posture';
import type { LiveRegion } from '../reading';
import { controlOf } from './controls';
import { findingAt, foundOf, untold, wrong, type Flaw, type Place } from './finding';
import { DAY_MS } from './object-facts';

export const TRAIL_ACTIONS = ['cloudtrail:GetTrailStatus'] as const;

export type TrailStatus = Omit<GetTrailStatusCommandOutput, '$metadata'>;

/** Undefined where there is no such trail. */
export function trailStatus(Name: string, region: LiveRegion): Promise<Answer<TrailStatus | undefined>> {
  const cloudTrail = new CloudTrailClient(clientConfig(region));
  return region.ask('cloudtrail:GetTrailStatus', (abortSignal) =>
    cloudTrail
      .send(new GetTrailStatusCommand({ Name }), { abortSignal })
      .catch(answering(undefined, 'TrailNotFoundException')),
  );
}

/** A trail that is on may still deliver nothing: its bucket or key may refuse it. Pure. */
export function judgeTrail(place: Place, status: Answer<TrailStatus | undefined>, now: Date): Finding[] {
  const judge = (control: string, fine: string, flaws: (found: TrailStatus) => readonly Flaw[]): Finding =>
    findingAt(place, controlOf(control), foundOf(flawsIn(status, flaws), fine, REMEDY));
  return [
    judge('AUD-01', 'it logs, and delivers what it logs', (found) => deliveryFlaws(found, now)),
    judge('AUD-02', 'digests of its files are delivered', ({ LatestDigestDeliveryError: error }) =>
      error ? [wrong(`its digests are not delivered: ${error}`)] : [],
    ),
  ];
}

const REMEDY = 'start the trail, and let the policies of its bucket, key and log group take what it delivers';

function flawsIn(
  status: Answer<TrailStatus | undefined>,
  flaws: (found: TrailStatus) => readonly Flaw[],
): readonly Flaw[] {
  if (!status.known) return [untold('whether it delivers', status)];
  return status.value ? flaws(status.value) : [wrong('the trail is not there')];
}

function deliveryFlaws(status: TrailStatus, now: Date): readonly Flaw[] {
  const { IsLogging, LatestDeliveryError: toBucket, LatestCloudWatchLogsDeliveryError: toLogs } = status;
  if (!IsLogging) return [wrong('it does not log')];
  return [
    toBucket ? [wrong(`its bucket does not take what it delivers: ${toBucket}`)] : [],
    toLogs ? [wrong(`its log group does not take what it delivers: ${toLogs}`)] : [],
    ageFlaws(status, now),
  ].flat();
}

/** An account in which something is deployed has calls every day. One that began less than a day ago may have none yet. */
function ageFlaws({ LatestDeliveryTime: last, StartLoggingTime: start }: TrailStatus, now: Date): readonly Flaw[] {
  const since = last ?? start;
  if (since && now.getTime() - since.getTime() <= DAY_MS) return [];
  return [wrong(last ? `it has delivered nothing since ${last.toISOString()}` : 'it has never delivered anything')];
}
