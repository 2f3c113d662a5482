/**
 * The one loop of the neural detector that takes time, in WebAssembly: V8 has no vectors in JavaScript, and four products at
 * once bring what a window costs down to a fifth. A module of WebAssembly is a few hundred bytes; they are put together here
 * rather than by a compiler that nobody could check.
 */
const I32 = 0x7f;
const V128 = 0x7b;
const PAGE = 65_536;
export const LANES = 4;
export const FLOAT_BYTES = 4;

// Parameters and variables of the function, in the order of its declaration.
const [WEIGHTS, BIAS, INPUT, OUT, ROW_BYTES, ROWS, AT, ROW, SUM, VALUE] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12] as const;

type Code = readonly number[];
const code = (...parts: readonly Code[]): Code => parts.flat();

const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const constant = (value: number): Code => [0x41, value];
const add: Code = [0x6a];
const subtract: Code = [0x6b];
const lessThan: Code = [0x49];
const loop: Code = [0x03, 0x40];
const againIf: Code = [0x0d, 0x00];
const end: Code = [0x0b];
const ALIGNED_TO_4 = [0x02, 0x00];
const loadFour: Code = [0xfd, 0x00, ...ALIGNED_TO_4];
const storeFour: Code = [0xfd, 0x0b, ...ALIGNED_TO_4];
const addFour: Code = [0xfd, 0xe4, 0x01];
const timesFour: Code = [0xfd, 0xe6, 0x01];
const zeros: Code = [0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0)];
/** Four lanes out of the eight of two vectors. */
const pick = (...lanes: readonly number[]): Code => [
  0xfd,
  0x0d,
  ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * FLOAT_BYTES + byte)),
];

const move = (local: number, by: Code): Code => code(get(local), by, add, set(local));

/** Lanes of two vectors beside one another, and the others, added. */
const folded = (one: number, other: number, lanes: Code, others: Code): Code =>
  code(get(one), get(other), lanes, get(one), get(other), others, addFour);
const halves = (one: number, other: number): Code => folded(one, other, pick(0, 4, 1, 5), pick(2, 6, 3, 7));

const sums = [SUM, SUM + 1, SUM + 2, SUM + 3];

const product = (sum: number): Code =>
  code(get(ROW), loadFour, get(VALUE), timesFour, get(sum), addFour, set(sum), move(ROW, get(ROW_BYTES)));

/** Sums of four rows, four columns at a time. */
const columns = code(
  loop,
  code(get(INPUT), get(AT), add, loadFour, set(VALUE)),
  code(get(WEIGHTS), get(AT), add, set(ROW)),
  ...sums.map(product),
  move(AT, constant(16)),
  code(get(AT), get(ROW_BYTES), lessThan, againIf),
  end,
);

const body = code(
  loop,
  ...sums.map((sum) => code(zeros, set(sum))),
  code(constant(0), set(AT)),
  columns,
  code(halves(SUM, SUM + 1), set(SUM), halves(SUM + 2, SUM + 3), set(VALUE)),
  code(get(OUT), folded(SUM, VALUE, pick(0, 1, 4, 5), pick(2, 3, 6, 7)), get(BIAS), loadFour, addFour, storeFour),
  ...sums.map(() => move(WEIGHTS, get(ROW_BYTES))),
  code(move(BIAS, constant(16)), move(OUT, constant(16))),
  code(get(ROWS), constant(LANES), subtract, set(ROWS)),
  code(constant(0), get(ROWS), lessThan, againIf),
  end,
  end,
);

/** Unsigned LEB128. */
const number = (value: number): Code => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]);
const counted = (bytes: Code): Code => [...number(bytes.length), ...bytes];
const section = (id: number, content: Code): Code => [id, ...counted(content)];
const named = (text: string): Code => counted([...Buffer.from(text)]);

const LOCALS = [2, 2, I32, 5, V128];
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const MODULE = Uint8Array.from(
  code(
    MAGIC,
    section(1, [1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0]),
    section(2, code([1], named('m'), named('m'), [0x02, 0x00, 1])),
    section(3, [1, 0]),
    section(7, code([1], named('multiply'), [0x00, 0])),
    section(10, code([1], counted(code(LOCALS, body)))),
  ),
);

/** `rows` is a multiple of four, `rowBytes` of sixteen; the others are places in the memory. */
export type Multiply = (
  weights: number,
  bias: number,
  input: number,
  out: number,
  rowBytes: number,
  rows: number,
) => void;

interface Memory {
  readonly buffer: ArrayBuffer;
}

/** What this needs of the runtime; Node's types do not have it. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly multiply: Multiply } };
};

/** Memory of a size that the loop works in, handed out piece by piece. */
export class Arena {
  public readonly multiply: Multiply;
  private readonly buffer: ArrayBuffer;
  private used = 0;

  public constructor(floats: number) {
    const memory = new WebAssembly.Memory({ initial: Math.ceil((floats * FLOAT_BYTES) / PAGE) });
    this.buffer = memory.buffer;
    this.multiply = new WebAssembly.Instance(new WebAssembly.Module(MODULE), { m: { m: memory } }).exports.multiply;
  }

  /** Zeros. */
  public floats(length: number): Float32Array {
    const at = this.used;
    this.used += Math.ceil(length / LANES) * LANES * FLOAT_BYTES;
    return new Float32Array(this.buffer, at, length);
  }
}
