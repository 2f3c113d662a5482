import { Unreadable } from '../unreadable';
import type { Stored, WeightsBucket } from './bucket';
import { checksumList, SHA256SUMS, sha256Of } from './checksums';
import type { HubFile, ModelHub } from './hub';
import { layoutFor, type Note, type Placed } from './layout';
import { objectOf, sourceOf } from './transfer';
import type { WantedModel } from './wanted';

/** What came of one file. */
export interface Result {
  /** Below the model's prefix. */
  readonly key: string;
  readonly bytes: number;
  readonly state: 'there' | 'copied' | 'wanted' | 'failed';
  /** Undefined while nobody has read the content. */
  readonly sha256?: string;
  /** Why it failed, in one line. */
  readonly why?: string;
}

export interface StageProps {
  readonly hub: ModelHub;
  readonly bucket: WeightsBucket;
  /** Nothing is copied. */
  readonly dryRun: boolean;
  /** Told of each file as it is done: a model may take an hour. */
  readonly onResult: (result: Result) => void;
}

/** Attempts at one file: a line that breaks off after 100 GB should not end the night. */
const ATTEMPTS = 3;

/**
 * Puts the files of a model that are not there into the bucket, and the list of their checksums last. Files are taken one by
 * one; a large one is uploaded in parallel parts.
 * @throws {Unreadable} when the model cannot be listed, or is not what its engine reads
 */
export async function stageModel(model: WantedModel, props: StageProps): Promise<Result[]> {
  const layout = layoutFor(model, await props.hub.list(model));
  if (!layout.ok) throw new Unreadable(layout.why);
  const results: Result[] = [];
  const done = (result: Result): void => {
    props.onResult(result);
    results.push(result);
  };
  for (const placed of layout.placed) done(await stageFile(model, placed, props));
  for (const note of layout.notes) done(await stageNote(model, note, props));
  const sums = new Map(results.flatMap(({ key, sha256 }) => (sha256 ? [[key, sha256] as const] : [])));
  if (sums.size === results.length) done(await stageNote(model, { key: SHA256SUMS, text: checksumList(sums) }, props));
  return results;
}

async function stageFile(model: WantedModel, { file, key }: Placed, props: StageProps): Promise<Result> {
  const { bytes } = file;
  const found = await props.bucket.find(`${model.prefix}${key}`);
  if (found?.sha256 && isSame(found, file)) return { key, bytes, state: 'there', sha256: found.sha256 };
  if (props.dryRun) return { key, bytes, state: 'wanted' };
  try {
    return { key, bytes, state: 'copied', sha256: await copied(model, { file, key }, props, ATTEMPTS) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { key, bytes, state: 'failed', why: error.message };
  }
}

const isSame = ({ bytes, source }: Stored, file: HubFile): boolean =>
  bytes === file.bytes && source === sourceOf(file.identity);

async function copied(model: WantedModel, placed: Placed, props: StageProps, attempts: number): Promise<string> {
  try {
    const chunks = await props.hub.open(model, placed.file.path);
    const object = await objectOf(`${model.prefix}${placed.key}`, placed.file, chunks);
    await props.bucket.put(object);
    return object.sha256;
  } catch (error) {
    if (!(error instanceof Unreadable) || attempts <= 1) throw error;
    return copied(model, placed, props, attempts - 1);
  }
}

async function stageNote(model: WantedModel, { key, text }: Note, { bucket, dryRun }: StageProps): Promise<Result> {
  const sha256 = sha256Of(text);
  const result = { key, bytes: Buffer.byteLength(text), sha256 };
  const found = await bucket.find(`${model.prefix}${key}`);
  if (found?.sha256 === sha256 && found.bytes === result.bytes) return { ...result, state: 'there' };
  if (dryRun) return { ...result, state: 'wanted' };
  await bucket.put({ key: `${model.prefix}${key}`, body: Buffer.from(text), sha256, source: 'voicecell' });
  return { ...result, state: 'copied' };
}
