import { types } from 'node:util';

const NO_CREDENTIALS = /^(CredentialsProviderError|TokenProviderError|ProviderError)$/;

/**
 * One line about an error of AWS, of the credentials or of the network.
 * @throws the error itself when it is none of these: a defect of ours
 */
export function outside(error: unknown): string {
  if (!types.isNativeError(error)) throw error;
  if (NO_CREDENTIALS.test(error.name)) return 'no credentials; sign in, or set AWS_PROFILE';
  const { name, message } = error;
  const line = message.split('\n', 1)[0] ?? '';
  if ('$metadata' in error) return `${name}: ${line}`;
  if (isSystemError(error) || name === 'TimeoutError') return line || name;
  throw error;
}

const isSystemError = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && /^E(?!RR_)[A-Z_]+$/.test(error.code);
