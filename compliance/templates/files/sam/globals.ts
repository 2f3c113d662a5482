import { isRecord } from '../../template-set';

type Block = Readonly<Record<string, unknown>>;

/** Properties of a serverless resource with what `Globals` gives all of its kind: blocks are merged, lists joined. */
export function withGlobals(kind: string, own: Block, globals: unknown): Block {
  const common = isRecord(globals) ? globals[kind] : undefined;
  return isRecord(common) ? (merged(common, own) as Block) : own;
}

function merged(common: unknown, own: unknown): unknown {
  if (Array.isArray(common) && Array.isArray(own)) return [...common, ...own];
  if (!isRecord(common) || !isRecord(own) || isFunction(common) || isFunction(own)) return own;
  const shared = Object.entries(own).map(
    ([key, value]) => [key, Object.hasOwn(common, key) ? merged(common[key], value) : value] as const,
  );
  return { ...common, ...Object.fromEntries(shared) };
}

const isFunction = (block: Block): boolean => Object.keys(block).some((key) => key === 'Ref' || key.startsWith('Fn::'));
