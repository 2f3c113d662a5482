import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isTrue } from './shared/records';
import { recordedOf, type Recorded } from './shared/trail-selectors';

export const AUD_01: Control = {
  id: 'AUD-01',
  title: 'Every read and write of a recorded object is in an audit trail.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(b); 164.308(a)(1)(ii)(D)' },
    { authority: 'finra', text: '17 CFR 240.17a-4(f)' },
    { authority: 'soc2', text: 'TSC 2017 CC7.2' },
  ],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'A trail in each region with data events of its vault and of the copies that lie there.',
  onTemplate:
    'Trails that log, in the region of the bucket or in all, select reads and writes of all objects of each bucket of records.',
  live: 'cloudtrail:GetEventSelectors; cloudtrail:GetTrailStatus',
  check: (evidence) =>
    evidence
      .holding('AWS::S3::Bucket', 'recording', 'voicemail', 'transcript', 'prompt', 'cdr', 'posture')
      .map((bucket) => judge(evidence, bucket)),
};

function judge(evidence: Evidence, bucket: Resource): Judgement {
  const trails = evidence.ofType('AWS::CloudTrail::Trail');
  const { reads, writes, isHidden } = recordedByAny(evidence, trails, bucket);
  if (reads && writes) return met(bucket, 'a trail records reads and writes of its objects');
  if (isHidden)
    return unclear(bucket, 'a trail that may record it cannot be read; write its selectors and IsLogging out');
  const missing = [reads ? [] : 'reads', writes ? [] : 'writes'].flat().join(' and ');
  const { region } = bucket.stack;
  // Copies are recorded where they lie, which may be another region of the deployment, with a trail of its own.
  if (trails.length > 0 && !trails.some(({ stack }) => stack.region === region))
    return unclear(
      bucket,
      `no trail here records ${missing} of its objects, and none is of ${String(region)}; show that one`,
    );
  return unmet(bucket, `no trail records ${missing} of its objects; add AWS::S3::Object data events for it`);
}

/** Trails of its own region first: where they record all, nobody has to look at the others. */
function recordedByAny(
  evidence: Evidence,
  trails: readonly Resource[],
  bucket: Resource,
): Recorded & { readonly isHidden: boolean } {
  let [reads, writes, isHidden] = [false, false, false];
  const isNear = ({ stack }: Resource): boolean => stack.region === bucket.stack.region;
  for (const trail of [...trails.filter(isNear), ...trails.filter((one) => !isNear(one))]) {
    const recorded = recordedBy(evidence, trail, bucket);
    reads ||= recorded?.reads ?? false;
    writes ||= recorded?.writes ?? false;
    isHidden ||= recorded === undefined;
    if (reads && writes) break;
  }
  return { reads, writes, isHidden };
}

const NOTHING: Recorded = { reads: false, writes: false };

/** Undefined where a trail may be off, may be of another region, or may select anything. */
function recordedBy(evidence: Evidence, trail: Resource, bucket: Resource): Recorded | undefined {
  const everywhere = evidence.at(trail, 'IsMultiRegionTrail');
  const isNear = trail.stack.region === bucket.stack.region || isTrue(everywhere);
  const logs = evidence.at(trail, 'IsLogging');
  if ((!isNear && isKnown(everywhere)) || (!isTrue(logs) && isKnown(logs))) return NOTHING;
  return isNear && isTrue(logs) ? recordedOf(evidence, trail, bucket) : undefined;
}
