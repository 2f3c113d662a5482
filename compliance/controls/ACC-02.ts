import { isKnown } from '../templates/evaluate';
import { shown, type Control } from './control';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { isTrue } from './shared/records';

/** One bucket that answers the public is the incident; no framework has a word for less. */
export const ACC_02: Control = {
  id: 'ACC-02',
  title: 'No bucket can be made public, by policy or by access control list.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.1' }],
  severity: 'fatal',
  sources: ['nag'],
  checkedOn: '2026-11-22',
  builds: 'All buckets block public access in all four ways and have no access control lists.',
  onTemplate:
    'PublicAccessBlockConfiguration of every bucket has its four flags true, and ObjectOwnership is BucketOwnerEnforced.',
  live: 's3:GetPublicAccessBlock; s3:GetBucketOwnershipControls; s3control:GetPublicAccessBlock of the account',
  check: (evidence) =>
    evidence.ofType('AWS::S3::Bucket').map((bucket) => {
      const flags = FLAGS.flatMap((flag) =>
        flawOfFlag(flag, evidence.at(bucket, `PublicAccessBlockConfiguration.${flag}`)),
      );
      const ownership = flawOfOwnership(evidence.at(bucket, 'OwnershipControls.Rules.0.ObjectOwnership'));
      return verdict(bucket, [...flags, ...ownership], 'it blocks public access and has no access control lists');
    }),
};

const FLAGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] as const;

function flawOfFlag(flag: string, value: unknown): readonly Flaw[] {
  if (!isKnown(value)) return [hidden(`${flag} cannot be read; set ${flag} to true`)];
  return isTrue(value) ? [] : [wrong(`${flag} is ${shown(value)}; set ${flag} to true`)];
}

function flawOfOwnership(value: unknown): readonly Flaw[] {
  if (!isKnown(value)) return [hidden('ObjectOwnership cannot be read; set it to BucketOwnerEnforced')];
  if (value === 'BucketOwnerEnforced') return [];
  return [wrong(`ObjectOwnership is ${shown(value)}; set OwnershipControls to BucketOwnerEnforced`)];
}
