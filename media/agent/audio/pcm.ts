/** Samples of little-endian 16-bit bytes; a copy, as sockets reuse their buffers and may hand out odd offsets. */
export function samplesOf(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / 2));
  new Uint8Array(samples.buffer).set(bytes.subarray(0, samples.byteLength));
  return samples;
}

export const bytesOf = (samples: Int16Array): Buffer =>
  Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

/** Root mean square, 0 to 32768. */
export function level(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

export function joined(parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Groups a stream of samples into pieces of one length, views of what came, and keeps the rest. */
export class Framer {
  private rest: Int16Array = new Int16Array();

  private readonly size: number;

  public constructor(size: number) {
    this.size = size;
  }

  public push(samples: Int16Array): Int16Array[] {
    const all = this.rest.length === 0 ? samples : joined([this.rest, samples]);
    const count = Math.floor(all.length / this.size);
    this.rest = all.subarray(count * this.size);
    return Array.from({ length: count }, (_, at) => all.subarray(at * this.size, (at + 1) * this.size));
  }

  /** The rest with silence behind it: what is shorter than a frame is dropped by chan_websocket. */
  public end(): Int16Array[] {
    return this.rest.length === 0 ? [] : this.push(new Int16Array(this.size - this.rest.length));
  }
}
