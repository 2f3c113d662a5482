import type { Unknown } from './answer';

type Reason = Pick<Unknown, 'why' | 'remedy'>;

interface Kind {
  readonly is: (error: Error) => boolean;
  /** @param action that was asked, in the region */
  readonly say: (error: Error, action: string, region: string) => Reason;
}

const named =
  (names: RegExp) =>
  ({ name }: Error): boolean =>
    names.test(name);

const saying =
  (words: RegExp) =>
  ({ message }: Error): boolean =>
    words.test(message);

const isLate = named(/^(Late|AbortError|TimeoutError|RequestTimeout|RequestTimeoutException)$/);

/** Names by which the SDK says that it found no credentials, or none it could renew. */
const lacksCredentials = named(/^(CredentialsProviderError|TokenProviderError|ProviderError)$/);

/** The SDK has looked everywhere, and names no place. */
const NONE_FOUND = /^Could not load credentials from any providers/;

const NOWHERE = 'neither the environment nor a profile nor a role of this machine gives any';

const HOW_TO_GIVE =
  'sign in and set AWS_PROFILE, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role is attached, and ask again';

/** Names by which services say that the credentials are no good, in this region or at all. */
const hasBadCredentials = named(
  /^(ExpiredToken|ExpiredTokenException|RequestExpired|AuthFailure|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidAccessKeyId)$/,
);

/** Names by which they ask for patience (AWS SDK retry behaviour, throttling error codes). */
const isThrottled = named(
  /^(Throttl|RequestLimitExceeded|RequestThrottled|TooManyRequests|BandwidthLimitExceeded|SlowDown|PriorRequestNotComplete|EC2ThrottledException|ProvisionedThroughputExceeded|LimitExceededException|TransactionInProgress)/,
);

const isUnparsed = named(/^SyntaxError$/);

/** An answer lacks what AWS always gives, or the SDK cannot read it: a proxy or a sign-in page wrote it. */
const isNotOfAws = (error: Error): boolean =>
  isUnparsed(error) || error.name === 'Incomplete' || saying(/XML parse error|Deserialization error/)(error);

const isDenied = (error: Error): boolean =>
  named(/^(AccessDenied|AccessDeniedException|AuthorizationError|UnauthorizedOperation|Forbidden|403)$/)(error) ||
  statusOf(error) === 403;

/** A policy beside the caller's own that denies, or does not allow, as IAM names it in its message. */
const GUARDRAIL =
  /(?:explicit deny in an?|because no) ((?:service control|resource control|session|VPC endpoint|resource-based) policy|permissions boundary)/;

/** Codes by which Node says that it trusts no certificate of the other side (Node.js TLS, X509 certificate error codes). */
const isUntrusted = codedAs(/CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/);

const isUnreachable = codedAs(/^E(?!RR_)[A-Z_]+$/);

/** The first that fits says it. */
const KINDS: readonly Kind[] = [
  {
    is: isLate,
    say: (_, action, region) => ({
      why: `${action} in ${region} did not answer in time`,
      remedy: 'check the network and ask again',
    }),
  },
  {
    is: lacksCredentials,
    say: ({ message }) => ({
      why: `no credentials: ${NONE_FOUND.test(message) ? NOWHERE : firstLine(message)}`,
      remedy: HOW_TO_GIVE,
    }),
  },
  {
    is: hasBadCredentials,
    say: (error, _, region) => ({
      why: `${region} takes no such credentials: ${oneLine(error)}`,
      remedy: 'renew the credentials and ask again',
    }),
  },
  {
    is: isNotOfAws,
    say: (error, action, region) => ({
      // What a parser says quotes the text it read, which may be a secret.
      why: `${action} in ${region} answered what AWS would not: ${isUnparsed(error) ? 'no JSON' : oneLine(error)}`,
      remedy: 'see what stands between, such as a proxy or a sign-in page, and ask again',
    }),
  },
  { is: (error) => isDenied(error) && /access to kms/i.test(error.message), say: () => KEY_DENIED },
  {
    is: (error) => isDenied(error) && GUARDRAIL.test(error.message),
    say: ({ message }, action) => ({
      why: `not allowed: ${action}, by a ${GUARDRAIL.exec(message)?.[1] ?? ''}`,
      remedy: 'ask whoever keeps that policy; rights of your own do not help against it',
    }),
  },
  {
    is: isDenied,
    say: (_, action) => ({
      why: `not allowed: ${action}`,
      remedy: 'allow it; --policy prints the whole read-only policy',
    }),
  },
  {
    is: isThrottled,
    say: (_, action, region) => ({ why: `${action} in ${region} is throttled`, remedy: 'ask again in a minute' }),
  },
  {
    is: isUntrusted,
    say: (error, action, region) => ({
      why: `${action} in ${region}: no trusted certificate: ${oneLine(error)}`,
      remedy: 'if a proxy signs for AWS here, set NODE_EXTRA_CA_CERTS to the file of its certificate, and ask again',
    }),
  },
  {
    is: isUnreachable,
    say: (error, action, region) => ({
      why: `${action} in ${region} cannot be reached: ${oneLine(error)}`,
      remedy: 'check the network and ask again',
    }),
  },
];

const KEY_DENIED: Reason = {
  why: 'not allowed: kms:Decrypt on the key that encrypts the secret',
  remedy: 'allow it, and see that the policy of the key does; --policy allows it where the deployment names the key',
};

/** What an error says of the question, and what to do about it. */
export const reasonOf = (error: Error, action: string, region: string): Reason =>
  KINDS.find(({ is }) => is(error))?.say(error, action, region) ?? {
    why: `${action} in ${region} answered ${oneLine(error)}`,
    remedy: 'ask again; if it stays, ask AWS Support',
  };

/** AWS answered with an error, the credentials could not be had, the network failed, or time ran out. */
export const isOutside = (error: Error): boolean =>
  '$metadata' in error ||
  error.name === 'Incomplete' ||
  [isLate, lacksCredentials, isUntrusted, isUnreachable].some((is) => is(error));

/** HTTP status of an answer of AWS. */
export const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

function codedAs(codes: RegExp): (error: Error) => boolean {
  return (error) => 'code' in error && typeof error.code === 'string' && codes.test(error.code);
}

/** First line of what was said, with the name of the error before it where that adds anything. */
const oneLine = ({ name, message }: Error): string =>
  `${name === 'Error' || name === 'Incomplete' ? '' : `${name}: `}${firstLine(message)}`;

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';
