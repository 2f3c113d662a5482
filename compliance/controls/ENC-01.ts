import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { accessLogBuckets } from './shared/access-logs';
import { declaresNothing, judgeKey } from './shared/customer-key';

/** S3 delivers access logs only to buckets that it encrypts with its own key, so those are let be. */
export const ENC_01: Control = {
  id: 'ENC-01',
  title: 'Buckets are encrypted with keys of the customer.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(a)(2)(iv)' },
    { authority: 'soc2', text: 'TSC 2017 CC6.1' },
  ],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'Every bucket but those of access logs is encrypted with the key of its class of data.',
  onTemplate:
    'Default encryption is aws:kms or aws:kms:dsse with a key that is not of AWS; access log buckets may use AES256.',
  live: 's3:GetEncryptionConfiguration',
  check(evidence) {
    const logBuckets = accessLogBuckets(evidence);
    return evidence
      .ofType('AWS::S3::Bucket')
      .filter((bucket) => !declaresNothing(bucket))
      .map((bucket) => judge(evidence, bucket, logBuckets.has(bucket)));
  },
};

const BY_DEFAULT = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';

function judge(evidence: Evidence, bucket: Resource, takesAccessLogs: boolean): Judgement {
  const algorithm = evidence.at(bucket, `${BY_DEFAULT}.SSEAlgorithm`);
  if (!isKnown(algorithm)) return unclear(bucket, 'its encryption cannot be read; write SSEAlgorithm out');
  if (algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse')
    return judgeKey(bucket, 'KMSMasterKeyID', evidence.at(bucket, `${BY_DEFAULT}.KMSMasterKeyID`));
  if (takesAccessLogs) return met(bucket, 'it takes access logs, which S3 delivers under its own key only');
  const got = algorithm === undefined ? 'it has no BucketEncryption' : `its SSEAlgorithm is ${shown(algorithm)}`;
  return unmet(bucket, `${got}; set SSEAlgorithm to aws:kms and KMSMasterKeyID to a key of your own`);
}
