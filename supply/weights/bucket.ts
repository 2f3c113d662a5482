import type { Readable } from 'node:stream';

/** What a bucket has under a key. */
export interface Stored {
  readonly bytes: number;
  /** Of the content, as it was stated when it was written. */
  readonly sha256?: string;
  /** Identity at the hub, as it was stated when it was written. */
  readonly source?: string;
}

export interface NewObject {
  readonly key: string;
  readonly body: Readable | Uint8Array;
  readonly sha256: string;
  readonly source: string;
}

/** A region's bucket of model weights; Amazon S3 in production. Methods throw Unreadable with one line. */
export interface WeightsBucket {
  /** Throws where there is no such bucket: asking for an object in it would say only that there is no object. */
  check(): Promise<void>;
  find(key: string): Promise<Stored | undefined>;
  /** Writes all of it or nothing: a body that ends in an error leaves no object. */
  put(object: NewObject): Promise<void>;
}
