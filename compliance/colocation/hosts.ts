/**
 * Hosts named anywhere in a text. A host is
 * - what follows `scheme://` (but `s3://`, which names a bucket reached through the region's gateway endpoint);
 * - two or more labels of which the last is alphabetic, unless it is a component of a path or ends like a file;
 * - an IPv4 address that is not a CIDR block, or an IPv6 address;
 * - a whole text of one label and a port, such as `redis:6379`.
 * Prose that reads like a name is taken for one: a false alarm can be reworded, a hop that is missed cannot be seen.
 */
export function hostsIn(text: string): readonly string[] {
  if (!text.includes('.') && !text.includes(':')) return [];
  const found = new Set<string>();
  for (const { needs, pattern } of PATTERNS)
    if (text.includes(needs)) for (const [, host = ''] of text.matchAll(pattern)) found.add(host.toLowerCase());
  return [...found].filter((host) => host !== '' && !FILE.test(host));
}

/** A scheme is short: one without end takes the square of a long text. */
const URL = /\b(?!s3:)[a-z][a-z0-9+.-]{0,30}:\/\/(?:[^@/\s"']*@)?(\[[^\]]+\]|[^:/\s"'?#\]},]+)/gi;

const NAME =
  /(?<=^|[\s"',;=([{@:]|\/\/)((?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z]{2,63})(?=\.?(?:$|[\s"',;:/)\]}?#]))/gi;

const IPV4 = /(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.]|\/\d)/g;

const IPV6 =
  /(?<![\w:.])((?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?::(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?|(?:[\da-f]{1,4}:){7}[\da-f]{1,4})(?![\w:])/gi;

const LABEL_AND_PORT = /^\s*([a-z][a-z0-9-]*):\d{2,5}\s*$/gi;

/** Most texts lack what a pattern needs, which is found faster than that it does not match. */
const PATTERNS = [
  { needs: '://', pattern: URL },
  { needs: '.', pattern: NAME },
  { needs: '.', pattern: IPV4 },
  { needs: ':', pattern: IPV6 },
  { needs: ':', pattern: LABEL_AND_PORT },
] as const;

/**
 * Hosts in a word of a command, where `speaches.main` is a module and `core.uptime` a method: a name without a port counts
 * only when it ends like names on the internet do.
 */
export const hostsInWord = (word: string): readonly string[] =>
  hostsIn(word).filter(
    (host) => !/[a-z]$/.test(host) || TOP_LEVEL.test(host) || hasPort(word, host) || word.includes('://'),
  );

const hasPort = (word: string, host: string): boolean => {
  const lower = word.toLowerCase();
  return /^:\d/.test(lower.slice(lower.indexOf(host) + host.length));
};

const TOP_LEVEL =
  /\.(?:[a-z]{2}|ai|app|biz|cloud|com|dev|edu|example|gov|info|internal|invalid|io|lan|local|mil|net|online|org|site|systems|tech|test|xyz)$/;

/** Endings of files that nodes and containers name; none is a top-level domain that a service would live under. */
const FILE =
  /\.(?:bin|cfg|conf|crt|gguf|ini|js|json|key|list|lock|log|md|mjs|onnx|pem|pth|py|sock|ts|txt|wav|xml|ya?ml)$/;
