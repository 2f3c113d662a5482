import type { HubFile } from './hub';
import { SHA256SUMS } from './checksums';
import type { WantedModel } from './wanted';

/** A file and where it goes, below the model's prefix. */
export interface Placed {
  readonly file: HubFile;
  readonly key: string;
}

/** What a prefix has to hold, or why the model cannot be what its engine reads. */
export type Layout =
  | { readonly ok: true; readonly placed: readonly Placed[]; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly why: string };

/** A small file that no repository has and an engine wants. */
export interface Note {
  readonly key: string;
  readonly text: string;
}

/** Lays the files of a repository out as the engine expects them (`regions/engines/`). */
export function layoutFor(model: WantedModel, files: readonly HubFile[]): Layout {
  // What git needs is no weight, and a list of somebody else's must not take the place of ours.
  const useful = files.filter(({ path }) => !path.split('/').some((part) => part.startsWith('.git')));
  const layout = LAYOUTS[model.engine] ?? asItIs;
  return layout(
    model,
    useful.filter(({ path }) => path !== SHA256SUMS),
  );
}

type Rule = (model: WantedModel, files: readonly HubFile[]) => Layout;

const asItIs: Rule = ({ repository }, files) =>
  files.length > 0
    ? { ok: true, placed: files.map((file) => ({ file, key: file.path })), notes: [] }
    : { ok: false, why: `${repository} has no files` };

/** Weights in other formats; all but safetensors can run code when they are loaded, and none can be streamed. */
const OTHER_WEIGHTS = /\.(bin|pt|pth|ckpt|gguf|onnx|onnx_data|h5|msgpack|ot|tflite|pkl|pickle)$/;

const streamed: Rule = (model, files) => {
  const kept = files.filter(({ path }) => !OTHER_WEIGHTS.test(path) && !path.startsWith('original/'));
  if (!kept.some(({ path }) => path.endsWith('.safetensors')))
    return { ok: false, why: `${model.repository} has no .safetensors files, the only ones that vllm streams from S3` };
  return asItIs(model, kept);
};

/** A cache of `huggingface_hub` with plain files where that has links: S3 has none. */
const hubCache: Rule = ({ repository, revision }, files) => {
  const folder = `models--${repository.replaceAll('/', '--')}`;
  // Speaches reads the model card to know what a model is for.
  if (!files.some(({ path }) => path === 'README.md'))
    return { ok: false, why: `${repository} has no README.md, by which speaches knows what a model is for` };
  return {
    ok: true,
    placed: files.map((file) => ({ file, key: `${folder}/snapshots/${revision}/${file.path}` })),
    notes: [{ key: `${folder}/refs/main`, text: revision }],
  };
};

const KOKORO_FILES = ['kokoro-v1_0.pth', 'config.json'];

const kokoro: Rule = ({ repository }, files) => {
  const missing = KOKORO_FILES.filter((name) => !files.some(({ path }) => path === name));
  if (missing.length > 0) return { ok: false, why: `${repository} has no ${missing.join(' and no ')} for kokoro` };
  const kept = files.filter(({ path }) => KOKORO_FILES.includes(path));
  return { ok: true, placed: kept.map((file) => ({ file, key: `v1_0/${file.path}` })), notes: [] };
};

const LAYOUTS: Readonly<Record<string, Rule>> = { vllm: streamed, speaches: hubCache, kokoro, custom: asItIs };
