import type { Service } from './service';

/** A stage did not answer: nobody to ask, too slow, or refused. The reason is one word for the event. */
export class StageError extends Error {
  public readonly reason: 'nobody' | 'timeout' | 'failed' | 'stalled';

  public constructor(reason: 'nobody' | 'timeout' | 'failed' | 'stalled') {
    super(`stage ${reason}`);
    this.reason = reason;
  }
}

export interface AttemptOptions {
  /** Until the answer, or its first piece where it streams; each attempt anew. */
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly signal: AbortSignal;
  /** Asks the same replica for the same key. */
  readonly key?: string;
  readonly onRetry: (reason: string, attempt: number) => void;
}

export interface Lease {
  readonly baseUrl: string;
  /** Ends the work when the caller gave up, hung up or took too long. */
  readonly signal: AbortSignal;
}

export interface Answer<T> {
  readonly value: T;
  /** Must be called once, when all of the answer was read. */
  readonly release: (outcome: Outcome) => void;
}

/** Of one answer for its replica; who was interrupted says nothing about it. */
export type Outcome = 'good' | 'bad' | 'unknown';

/** Asks one replica after another, inside the cell, until one answers in time. */
export async function attempt<T>(
  service: Service,
  options: AttemptOptions,
  work: (lease: Lease) => Promise<T>,
): Promise<Answer<T>> {
  const tried = new Set<string>();
  let last = new StageError('nobody');
  for (let count = 1; count <= options.attempts && !options.signal.aborted; count += 1) {
    const address = service.pick(tried, options.key);
    if (address === undefined) break;
    tried.add(address);
    const result = await once(service, address, options, work);
    if (!(result instanceof StageError)) return result;
    last = result;
    if (count < options.attempts && !options.signal.aborted) options.onRetry(result.reason, count);
  }
  throw last;
}

async function once<T>(
  service: Service,
  address: string,
  { signal, timeoutMs }: AttemptOptions,
  work: (lease: Lease) => Promise<T>,
): Promise<Answer<T> | StageError> {
  const own = new AbortController();
  const late = new Promise<never>((_, reject) => own.signal.addEventListener('abort', () => reject(own.signal.reason)));
  const timer = setTimeout(() => own.abort(new StageError('timeout')), timeoutMs);
  const onAbort = () => own.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  service.begin(address);
  const release = (outcome: Outcome) => {
    signal.removeEventListener('abort', onAbort);
    if (outcome !== 'good') own.abort(new StageError('failed'));
    service.end(address);
    if (outcome === 'good') service.good(address);
    else if (outcome === 'bad') service.bad(address);
  };
  try {
    const value = await Promise.race([work({ baseUrl: service.baseUrl(address), signal: own.signal }), late]);
    return { value, release };
  } catch (error) {
    release(signal.aborted ? 'unknown' : 'bad');
    return error instanceof StageError ? error : new StageError('failed');
  } finally {
    clearTimeout(timer);
  }
}

/** What a streamed answer brings; its replica is free when the stream has ended, failed or is not wanted any more. */
export async function* leased<T>(
  { release }: Answer<unknown>,
  source: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  let outcome: Outcome = 'unknown';
  try {
    yield* source;
    outcome = 'good';
  } catch (error) {
    if (!signal.aborted) outcome = 'bad';
    throw error;
  } finally {
    release(outcome);
  }
}

/** A stream whose first piece is there; what follows must come within `stallMs` of each other. */
export async function opened<T>(source: AsyncIterable<T>, stallMs: number): Promise<AsyncGenerator<T>> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  return follow(first, iterator, stallMs);
}

async function* follow<T>(first: IteratorResult<T>, iterator: AsyncIterator<T>, stallMs: number): AsyncGenerator<T> {
  try {
    for (let step = first; !step.done; step = await within(iterator.next(), stallMs)) yield step.value;
  } finally {
    void iterator.return?.().catch(() => undefined);
  }
}

export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StageError('stalled')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
