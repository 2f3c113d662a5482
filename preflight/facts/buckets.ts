import { known, type Answer } from '../../aws/answer';
import type { BucketState } from './facts';

/** What S3 says of a name: `forbidden` is somebody else's, or one's own that one may not list. */
export type BucketHead = 'absent' | 'ours' | 'elsewhere' | 'forbidden';

/** A bucket that is not ours by S3's answer is still the account's own when its list of buckets names it. */
export function bucketState(
  name: string,
  head: Answer<BucketHead>,
  owned: Answer<ReadonlySet<string>>,
): Answer<BucketState> {
  if (!head.known) return head;
  const { value } = head;
  if (value === 'absent' || value === 'ours') return known(value);
  if (!owned.known) return owned;
  if (!owned.value.has(name)) return known('taken');
  return known(value === 'elsewhere' ? 'elsewhere' : 'ours');
}
