import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { ClientOptions } from '../aws/reader';

export type Credentials = NonNullable<STSClientConfig['credentials']>;

export interface Reach {
  readonly region: string;
  /** Default: those of the environment. */
  readonly credentials?: Credentials;
  /** Tests send requests elsewhere. */
  readonly client: ClientOptions;
}

/** A connection that says nothing for a minute is dead, however long the object; milliseconds. */
const REQUEST_HANDLER = { connectionTimeout: 5000, socketTimeout: 60_000 };

/** A hold on thousands of objects is throttled sooner or later, and then has to slow down. */
export const clientConfig = ({ region, credentials, client }: Reach) => ({
  region,
  retryMode: 'adaptive',
  maxAttempts: 8,
  requestHandler: REQUEST_HANDLER,
  ...client,
  ...(credentials ? { credentials } : {}),
});
