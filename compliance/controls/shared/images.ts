import { isKnown } from '../../templates/evaluate';
import { asString, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { isTrue } from './records';

/** A digest, or the hash of a CDK asset, whose repository is immutable. */
const PINNED = /@sha256:[0-9a-f]{64}$|:[0-9a-f]{64}$/;

const REPOSITORY = 'AWS::ECR::Repository';

/** Whether an image can become another under the same reference; undefined where it cannot be told. */
export function isPinned(evidence: Evidence, image: unknown): boolean | undefined {
  if (typeof image !== 'string') return undefined;
  if (PINNED.test(image)) return true;
  const [token] = /\u{FFFC}[^\u{FFFC}]*\u{FFFC}/u.exec(image) ?? [];
  const repository = evidence.resourceOf(token ?? image.replace(/:[^:/]*$/, ''), REPOSITORY);
  if (repository && !image.endsWith(':latest')) return isImmutable(evidence, repository);
  return isKnown(image) ? false : undefined;
}

/** IMMUTABLE_WITH_EXCLUSION leaves some tags to move. */
export function isImmutable(evidence: Evidence, repository: Resource): boolean | undefined {
  const mutability = evidence.at(repository, 'ImageTagMutability');
  return isKnown(mutability) ? mutability === 'IMMUTABLE' : undefined;
}

/** Whether images are scanned when they arrive, by the repository or by its registry. */
export function isScanned(evidence: Evidence, repository: Resource): boolean | undefined {
  const onPush = evidence.at(repository, 'ImageScanningConfiguration.ScanOnPush');
  if (isTrue(onPush) || registryScans(evidence)) return true;
  return isKnown(onPush) ? false : undefined;
}

const registryScans = (evidence: Evidence): boolean =>
  evidence
    .ofType('AWS::ECR::RegistryScanningConfiguration')
    .flatMap((registry) => evidence.list(registry, 'Rules'))
    .some(
      ({ ScanFrequency: frequency, RepositoryFilters: filters }) =>
        frequency !== 'MANUAL' &&
        isKnown([frequency, filters]) &&
        JSON.stringify(filters ?? '').includes('"Filter":"*"'),
    );

/** A commit of a model repository: 40 hexadecimal digits. A branch moves. */
export const isCommit = (revision: unknown): boolean => /^[0-9a-f]{40}$/.test(asString(revision) ?? '');
