/** A tensor of floats by its name in the model. */
export interface Weights {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

// Field numbers of onnx.proto3.
const MODEL_GRAPH = 7;
const GRAPH = { node: 1, initializer: 5 } as const;
const NODE = { output: 2, type: 4, attribute: 5 } as const;
const ATTRIBUTE_TENSOR = 5;
const TENSOR = { dims: 1, type: 2, floats: 4, name: 8, raw: 9 } as const;
const FLOAT = 1;

/**
 * The weights in an ONNX file, so that a model of a few layers needs no runtime of hundreds of megabytes. Reads weights
 * only: what the layers do with them is code.
 */
export function readWeights(file: Uint8Array): Map<string, Weights> {
  const graph = message(bytes(message(file), MODEL_GRAPH)[0]);
  const weights = new Map<string, Weights>();
  const keep = (name: string, tensor: Fields) => {
    if (tensor.get(TENSOR.type)?.[0] === FLOAT) weights.set(name, floats(tensor));
  };
  for (const one of bytes(graph, GRAPH.initializer).map(message)) keep(text(one, TENSOR.name), one);
  for (const node of bytes(graph, GRAPH.node).map(message)) {
    if (text(node, NODE.type) !== 'Constant') continue;
    for (const tensor of bytes(message(bytes(node, NODE.attribute)[0]), ATTRIBUTE_TENSOR))
      keep(text(node, NODE.output), message(tensor));
  }
  return weights;
}

function floats(tensor: Fields): Weights {
  const raw = bytes(tensor, TENSOR.raw)[0] ?? bytes(tensor, TENSOR.floats)[0] ?? new Uint8Array();
  return { dims: dims(tensor), values: new Float32Array(Uint8Array.from(raw).buffer) };
}

function dims(tensor: Fields): number[] {
  const all = tensor.get(TENSOR.dims) ?? [];
  return all.flatMap((one) => (typeof one === 'number' ? [one] : packed(one)));
}

function packed(list: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < list.length;) {
    const { value, next } = varint(list, at);
    found.push(value);
    at = next;
  }
  return found;
}

const bytes = (fields: Fields, field: number): Uint8Array[] =>
  (fields.get(field) ?? []).filter((value) => typeof value !== 'number');

const text = (fields: Fields, field: number): string => Buffer.from(bytes(fields, field)[0] ?? []).toString('utf8');

/** Fields of one protobuf message, in order, by their number. */
function message(data: Uint8Array = new Uint8Array()): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  for (let at = 0; at < data.length;) {
    const tag = varint(data, at);
    const { value, next } = payload(data, tag.next, tag.value & 7);
    fields.set(tag.value >>> 3, [...(fields.get(tag.value >>> 3) ?? []), value]);
    at = next;
  }
  return fields;
}

function payload(data: Uint8Array, at: number, wire: number): { value: number | Uint8Array; next: number } {
  if (wire === 0) return varint(data, at);
  if (wire === 1) return { value: data.subarray(at, at + 8), next: at + 8 };
  if (wire === 5) return { value: data.subarray(at, at + 4), next: at + 4 };
  if (wire !== 2) throw new Error(`wire type ${wire} in a protobuf message at byte ${at}`);
  const { value: length, next } = varint(data, at);
  return { value: data.subarray(next, next + length), next: next + length };
}

/** Lengths, sizes and field numbers lie far below 2^53; what is longer is a number that nothing here reads. */
function varint(data: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, scale = 1; at < data.length; at += 1, scale *= 128) {
    const byte = data[at] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, next: at + 1 };
  }
  throw new Error('a protobuf message that ends inside a number');
}
