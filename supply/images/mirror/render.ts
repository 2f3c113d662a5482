import { hang } from '../../../regions/wrap';
import type { Result } from './mirror';

/** A line an image, with its repository and digest. */
export const renderMirror = (region: string, results: readonly Result[]): string =>
  [region, ...results.flatMap(lines)].join('\n');

const WORDS: Readonly<Record<Result['state'], string>> = {
  there: 'there',
  copied: 'copied',
  wanted: 'to copy',
  failed: 'FAILED',
};

const lines = ({ image, state, why }: Result): string[] => [
  `  ${WORDS[state].padEnd(8)} ${image.reference}`,
  `           ${image.repository}:${image.tag}`,
  `           ${image.digest}`,
  ...(why ? hang('           ', why) : []),
];
