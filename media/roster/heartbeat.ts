import { statSync, writeFileSync } from 'node:fs';

const FILE = '/tmp/roster-heartbeat';
const FRESH_MS = 30_000;

/** The program has done what it does every few seconds. */
export const beat = (): void => writeFileSync(FILE, '');

/** Whether it did within half a minute. */
export const isBeating = (): boolean => Date.now() - statSync(FILE).mtimeMs < FRESH_MS;
