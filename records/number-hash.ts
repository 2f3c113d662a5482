import { createHmac } from 'node:crypto';

/** E.164: a plus, a country code, at most 15 digits. */
export const E164 = /^\+[1-9]\d{6,14}$/;

/** Shorter keys could be tried out: there are only so many numbers. */
export const LEAST_KEY_BYTES = 32;

/**
 * What the ledger has in place of a caller's number: HMAC-SHA-256 of the E.164 number (ASCII, with its plus) under the bytes of
 * the deployment's number key, 64 lower-case hexadecimal digits.
 */
export const numberHash = (key: Uint8Array, number: string): string =>
  createHmac('sha256', key).update(number).digest('hex');
