import { createReadStream } from 'node:fs';
import { fileOf, has, type SpooledCall, type SpoolFile } from './spooled';

/** Content of an object: its length and, as often as it is asked for, its bytes from the first to the last. */
export interface Content {
  readonly bytes: number;
  readonly contentType: string;
  /** Of sound, seconds; 0 for text. */
  readonly seconds: number;
  read(): AsyncIterable<Buffer>;
}

interface Sound {
  readonly rate: number;
  /** Of one side, whole samples. */
  readonly samples: number;
}

const SAMPLE_BYTES = 2;
const CHANNELS = 2;
const FRAME_BYTES = SAMPLE_BYTES * CHANNELS;
const HEADER_BYTES = 44;
const NARROW = 8_000;
const WIDE = 16_000;

/**
 * Narrowband, as Asterisk wrote it, behind a header that says how long it is. A frame that was cut in the middle is left out:
 * that is all there is to mend in a file without a header of its own.
 */
export function narrowband(call: SpooledCall): Content {
  const samples = Math.floor(sizeOf(call, 'stereo') / FRAME_BYTES);
  return wav({ rate: NARROW, samples }, () => head(fileOf(call, 'stereo'), samples * FRAME_BYTES));
}

/** The two sides of a wideband call put together, the caller left; the shorter one is silent at its end. */
export function wideband(call: SpooledCall): Content {
  const sides = (['caller', 'agent'] as const).map((side) => ({ side, bytes: wholeSamples(sizeOf(call, side)) }));
  const samples = Math.max(...sides.map(({ bytes }) => bytes)) / SAMPLE_BYTES;
  return wav({ rate: WIDE, samples }, () => interleaved(call, samples));
}

export function text(call: SpooledCall): Content {
  const bytes = sizeOf(call, 'transcript');
  return { bytes, seconds: 0, contentType: 'application/jsonl', read: () => head(fileOf(call, 'transcript'), bytes) };
}

export const isSound = (call: SpooledCall, part: SpoolFile['part']): boolean => sizeOf(call, part) >= FRAME_BYTES;

const sizeOf = ({ files }: SpooledCall, part: SpoolFile['part']): number =>
  files.find((file) => file.part === part)?.bytes ?? 0;

const wholeSamples = (bytes: number): number => bytes - (bytes % SAMPLE_BYTES);

function wav(sound: Sound, samples: () => AsyncIterable<Buffer>): Content {
  const bytes = HEADER_BYTES + sound.samples * FRAME_BYTES;
  const seconds = sound.samples / sound.rate;
  return { bytes, seconds, contentType: 'audio/wav', read: () => behind(headerOf(sound), samples()) };
}

async function* behind(first: Buffer, rest: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  yield first;
  yield* rest;
}

/** RIFF header of PCM, 44 bytes (Microsoft, "Multimedia Programming Interface and Data Specifications 1.0"). */
export function headerOf({ rate, samples }: Sound): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const data = samples * FRAME_BYTES;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_BYTES - 8 + data, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(CHANNELS, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * FRAME_BYTES, 28);
  header.writeUInt16LE(FRAME_BYTES, 32);
  header.writeUInt16LE(SAMPLE_BYTES * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data, 40);
  return header;
}

/** The first bytes of a file. */
const head = (file: string, bytes: number): AsyncIterable<Buffer> =>
  bytes === 0 ? nothing() : createReadStream(file, { start: 0, end: bytes - 1 });

async function* nothing(): AsyncIterable<Buffer> {}

const CHUNK_SAMPLES = 32_768;

async function* interleaved(call: SpooledCall, samples: number): AsyncIterable<Buffer> {
  const left = new Samples(
    has(call, 'caller') ? head(fileOf(call, 'caller'), wholeSamples(sizeOf(call, 'caller'))) : nothing(),
  );
  const right = new Samples(
    has(call, 'agent') ? head(fileOf(call, 'agent'), wholeSamples(sizeOf(call, 'agent'))) : nothing(),
  );
  for (let done = 0; done < samples; done += CHUNK_SAMPLES) {
    const count = Math.min(CHUNK_SAMPLES, samples - done);
    const [ours, theirs] = [await left.take(count), await right.take(count)];
    const both = Buffer.allocUnsafe(count * FRAME_BYTES);
    for (let index = 0; index < count; index += 1) {
      both.writeInt16LE(ours.readInt16LE(index * SAMPLE_BYTES), index * FRAME_BYTES);
      both.writeInt16LE(theirs.readInt16LE(index * SAMPLE_BYTES), index * FRAME_BYTES + SAMPLE_BYTES);
    }
    yield both;
  }
}

/** So many samples at a time, silence once there are no more. */
class Samples {
  private readonly source: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer> {
    const bytes = count * SAMPLE_BYTES;
    const parts = [this.rest];
    let got = this.rest.length;
    while (got < bytes) {
      const { value, done } = await this.source.next();
      if (done) break;
      parts.push(value);
      got += value.length;
    }
    const all = Buffer.concat([...parts, Buffer.alloc(Math.max(0, bytes - got))]);
    this.rest = all.subarray(bytes);
    return all.subarray(0, bytes);
  }
}
