import type { Ask } from './ask';

/** What all SDK clients take; tests send them to an emulator. */
export interface ClientOptions {
  readonly endpoint?: string;
  /** Of the shared configuration files. @default the environment's */
  readonly profile?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maxAttempts?: number;
}

/** What a reader of one service in one region needs. */
export interface ReaderProps {
  readonly region: string;
  readonly ask: Ask;
  readonly client: ClientOptions;
}

/** Connections are given up long before the question is, so that a retry has time; milliseconds. */
const REQUEST_HANDLER = { connectionTimeout: 4000, requestTimeout: 8000, throwOnRequestTimeout: true };

export const clientConfig = ({ region, client }: ReaderProps) => ({
  region,
  maxAttempts: 4,
  // Slows down with the service instead of asking the faster the more is refused.
  retryMode: 'adaptive',
  requestHandler: REQUEST_HANDLER,
  ...client,
});
