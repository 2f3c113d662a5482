import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { Ledger } from './ledger';
import { NumberKey } from './number-key';
import type { Settings } from './settings';
import type { Stores } from './store-call';
import { Vault } from './vault';

/** What a call is stored with. A body that is streamed is not asked for twice: a whole step is tried again. */
export function storesOf(settings: Settings): Stores {
  const config = {
    region: settings.AWS_REGION,
    ...(settings.AWS_ENDPOINT_URL === undefined ? {} : { endpoint: settings.AWS_ENDPOINT_URL }),
    ...(settings.WRITER_ROLE_ARN === undefined ? {} : { credentials: asWriter(settings.WRITER_ROLE_ARN) }),
    logger: SILENT,
    // Of silence: how long an upload may take as a whole depends on how long its call was.
    requestHandler: { socketTimeout: 60_000, connectionTimeout: 3_000, httpAgent: AGENT, httpsAgent: AGENT },
  };
  const s3 = new S3Client({
    ...config,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    forcePathStyle: settings.AWS_ENDPOINT_URL !== undefined,
  });
  return {
    vaults: {
      recording: new Vault(s3, {
        bucket: settings.RECORDINGS_BUCKET,
        keyArn: settings.RECORDINGS_KEY_ARN,
        lock: { mode: settings.RECORDINGS_LOCK, days: settings.RECORDINGS_DAYS, clock: settings.RECORDINGS_CLOCK },
      }),
      transcript: new Vault(s3, {
        bucket: settings.TRANSCRIPTS_BUCKET,
        keyArn: settings.TRANSCRIPTS_KEY_ARN,
        lock: { mode: settings.TRANSCRIPTS_LOCK, days: settings.TRANSCRIPTS_DAYS, clock: settings.TRANSCRIPTS_CLOCK },
      }),
    },
    ledger: new Ledger(new DynamoDBClient(config), settings.LEDGER_TABLE),
    numberKey: new NumberKey(new SecretsManagerClient(config), settings.NUMBER_KEY_NAME),
  };
}

const AGENT = { maxSockets: 64, keepAlive: true } as const;

/** What fails is told as an event, once, and not by the client in words of its own. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {}

/** Under the name that the trail shows for what the recorder did. */
const asWriter = (arn: string) => fromTemporaryCredentials({ params: { RoleArn: arn, RoleSessionName: 'recorder' } });
