import { types } from 'node:util';
import { Unreadable } from './unreadable';

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

/** Asks, and turns what the outside has against it into one line that begins with the place. */
export async function told<T>(place: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`${place}: ${outside(error)}`, { cause: error });
  }
}

const isSystemError = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && /^E(?!RR_)[A-Z_]+$/.test(error.code);
