import { createHash } from 'node:crypto';

/** A version 5 UUID (RFC 9562) in the space of this tool's documents: the same name is the same identifier. */
export function uuidOf(name: string): string {
  const hex = createHash('sha1').update(`voicecell ${name}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

export const OSCAL_VERSION = '1.2.1';
