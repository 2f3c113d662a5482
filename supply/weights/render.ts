import { hang } from '../../regions/wrap';
import type { Result } from './stage';
import type { WantedModel } from './wanted';

const WORDS: Readonly<Record<Result['state'], string>> = {
  there: 'there',
  copied: 'copied',
  wanted: 'to copy',
  failed: 'FAILED',
};

/** Where the models below go. */
export const renderBucket = (region: string, bucket: string): string => `${region}  s3://${bucket}/`;

/** Where in the bucket the files below go. */
export const renderModel = ({ prefix }: WantedModel): string => `  ${prefix}`;

/** A line a file, and why it failed. */
export const renderFile = ({ key, bytes, state, why }: Result): string =>
  [`    ${WORDS[state].padEnd(8)}${sizeOf(bytes).padStart(9)}  ${key}`, ...(why ? hang(' '.repeat(23), why) : [])].join(
    '\n',
  );

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function sizeOf(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  return `${(bytes / 1024 ** power).toFixed(power > 0 ? 1 : 0)} ${UNITS[power]}`;
}
