import { types } from 'node:util';
import type { Unknown } from '../facts/answer';

/** Raised by us when a question takes too long. */
export class Late extends Error {
  override readonly name = 'Late';
}

/** Raised by us when an answer lacks what was asked for. */
export class Incomplete extends Error {
  override readonly name = 'Incomplete';
}

/** The value of an answer that always has one. */
export function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Incomplete(`no ${what} in the answer`);
  return value;
}

/** Names of the errors by which AWS services say that the caller may not ask. */
const DENIED = /^(AccessDenied|AccessDeniedException|AuthorizationError|UnauthorizedOperation|Forbidden|403)$/;

/** Names by which they ask for patience (AWS SDK retry behaviour, throttling error codes). */
const THROTTLED =
  /^(Throttl|RequestLimitExceeded|RequestThrottled|TooManyRequests|BandwidthLimitExceeded|SlowDown|PriorRequestNotComplete|EC2ThrottledException|ProvisionedThroughputExceeded|LimitExceededException|TransactionInProgress)/;

/** Names by which the SDK says that it found no credentials, or none it could renew. */
const NO_CREDENTIALS = /^(CredentialsProviderError|TokenProviderError|ProviderError)$/;

/** Names by which services say that the credentials are no good, in this region or at all. */
const BAD_CREDENTIALS =
  /^(ExpiredToken|ExpiredTokenException|RequestExpired|AuthFailure|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidAccessKeyId)$/;

const TIMEOUT = /^(Late|AbortError|TimeoutError|RequestTimeout|RequestTimeoutException)$/;

/**
 * An error of AWS, of the credentials or of the network as an unknown answer.
 * @throws the error itself when it is none of these: a defect of ours, not a fact about an account
 */
export function unknownOf(error: unknown, action: string, region: string): Unknown {
  if (!types.isNativeError(error) || !isOutside(error)) throw error;
  return { known: false, action, ...reasonOf(error, action, region) };
}

function reasonOf(error: Error, action: string, region: string): Pick<Unknown, 'why' | 'remedy'> {
  if (TIMEOUT.test(error.name))
    return { why: `${action} in ${region} did not answer in time`, remedy: 'check the network and ask again' };
  if (NO_CREDENTIALS.test(error.name))
    return { why: `no credentials: ${oneLine(error)}`, remedy: 'sign in, or set AWS_PROFILE, and ask again' };
  if (BAD_CREDENTIALS.test(error.name))
    return {
      why: `${region} takes no such credentials: ${oneLine(error)}`,
      remedy: 'renew the credentials and ask again',
    };
  if (DENIED.test(error.name) || isForbidden(error))
    return { why: `not allowed: ${action}`, remedy: `allow ${action}; --policy prints the whole policy` };
  if (THROTTLED.test(error.name))
    return { why: `${action} in ${region} is throttled`, remedy: 'ask again in a minute' };
  if (isSystemError(error))
    return {
      why: `${action} in ${region} cannot be reached: ${oneLine(error)}`,
      remedy: 'check the network, ask again',
    };
  return {
    why: `${action} in ${region} answered ${oneLine(error)}`,
    remedy: 'ask again; if it stays, ask AWS Support',
  };
}

/** AWS answered with an error, the credentials could not be had, the network failed, or time ran out. */
const isOutside = (error: Error): boolean =>
  '$metadata' in error ||
  error instanceof Incomplete ||
  TIMEOUT.test(error.name) ||
  NO_CREDENTIALS.test(error.name) ||
  isSystemError(error);

const isSystemError = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && /^E(?!RR_)[A-Z_]+$/.test(error.code);

const isForbidden = (error: Error): boolean => statusOf(error) === 403;

/** HTTP status of an answer of AWS. */
export const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

/** First line of what was said, with the name of the error before it. */
const oneLine = ({ name, message }: Error): string =>
  `${name === 'Error' ? '' : `${name}: `}${message.split('\n', 1)[0] ?? ''}`;

/** The value for an error of these names, which is an answer; any other error goes on. */
export const answering =
  <T>(value: T, ...names: readonly string[]) =>
  (error: unknown): T => {
    if (types.isNativeError(error) && names.includes(error.name)) return value;
    throw error;
  };
