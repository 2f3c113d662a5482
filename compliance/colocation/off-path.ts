/**
 * What containers are told of places outside the hot path (DESIGN: tools and humans' queues): tools of business functions, people
 * who take a call over, and what the proxy of the edge lets through. A call waits for none of them, and the speech and language
 * models are named in other settings. Which hosts these may be is what RES-16, NET-09 and NET-10 ask.
 */
const OFF_PATH: Readonly<Record<string, (text: string) => string>> = {
  QUEUES: (text) => withoutKeys(text, ['uri']),
  NUMBERS: (text) => withoutKeys(text, ['url']),
  OUTSIDE_HOSTS: () => '',
};

/** A setting without what leads off the hot path. */
export const onPath = (name: string, text: string): string =>
  Object.hasOwn(OFF_PATH, name) ? (OFF_PATH[name]?.(text) ?? text) : text;

/** Anything but the JSON that is expected stays as it is. */
function withoutKeys(text: string, keys: readonly string[]): string {
  try {
    return JSON.stringify(JSON.parse(text), (key, value: unknown) => (keys.includes(key) ? undefined : value));
  } catch {
    return text;
  }
}
