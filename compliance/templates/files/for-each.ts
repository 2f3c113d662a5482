import { isRecord, asList } from '../template-set';
import { isKnown } from '../tokens';

/** How the collections of loops are read, and what is told of those that cannot be. */
export interface Loops {
  readonly evaluate: (collection: unknown) => unknown;
  /** @param key of the loop */
  readonly onUnknown: (key: string) => void;
  /** Is told which key a loop has written another from. */
  readonly onWritten: (key: string, loop: string) => void;
  /** Whether the body of a loop may be written once more. */
  readonly afford: (body: unknown) => boolean;
}

type Bindings = ReadonlyMap<string, string>;

const PREFIX = 'Fn::ForEach::';

/** Writes out `Fn::ForEach` wherever it stands (AWS::LanguageExtensions); a loop over what is not known stays as it is. */
export function writtenOut(value: unknown, loops: Loops, bindings: Bindings = new Map()): unknown {
  if (typeof value === 'string') return bound(value, bindings);
  if (Array.isArray(value)) return value.map((item) => writtenOut(item, loops, bindings));
  if (!isRecord(value)) return value;
  const own = bindings.size > 0 && Object.keys(value).length === 1 ? bindings.get(String(value['Ref'])) : undefined;
  if (own !== undefined) return own;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      key.startsWith(PREFIX)
        ? rounds(key, item, loops, bindings)
        : [[bound(key, bindings), writtenOut(item, loops, bindings)]],
    ),
  );
}

type Entries = readonly (readonly [string, unknown])[];

function rounds(key: string, loop: unknown, loops: Loops, bindings: Bindings): Entries {
  const [identifier, collection, body] = asList(loop);
  const items = loops.evaluate(writtenOut(collection, loops, bindings));
  if (typeof identifier !== 'string' || !Array.isArray(items) || !isKnown(items) || !isRecord(body)) {
    loops.onUnknown(key);
    return [[key, loop]];
  }
  return items.flatMap((item) => {
    if (!loops.afford(body)) return [];
    const round = writtenOut(body, loops, new Map([...bindings, [identifier, String(item)]]));
    const entries = Object.entries(isRecord(round) ? round : {});
    for (const [written] of entries) loops.onWritten(written, key);
    return entries;
  });
}

/** `${Name}` as it is, `&{Name}` without what no logical id may have. */
const bound = (text: string, bindings: Bindings): string =>
  bindings.size === 0 || !text.includes('{')
    ? text
    : text.replaceAll(/([$&])\{([^}!]+)\}/g, (whole, sign: string, name: string) => {
        const value = bindings.get(name);
        if (value === undefined) return whole;
        return sign === '&' ? value.replaceAll(/[^A-Za-z0-9]/g, '') : value;
      });
