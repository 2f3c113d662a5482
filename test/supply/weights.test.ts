import * as fc from 'fast-check';
import { checksumList, gitBlobOf, sha256Of, SHA256SUMS } from '../../supply/weights/checksums';
import type { HubFile } from '../../supply/weights/hub';
import { hubOfEnvironment } from '../../supply/weights/hugging-face';
import { layoutFor } from '../../supply/weights/layout';
import { modelsOf } from '../../supply/weights/wanted';
import { regionPlan } from '../support/region-plan';

const REVISION = 'a'.repeat(40);

const model = (engine: string) => ({
  engine,
  repository: 'acme/model',
  revision: REVISION,
  prefix: `${engine}/acme/model/${REVISION}/`,
});

const files = (...paths: string[]): HubFile[] =>
  paths.map((path) => ({ path, bytes: 1, identity: { kind: 'git', hex: '0' } }));

function keysFor(engine: string, ...paths: string[]): readonly string[] | string {
  const layout = layoutFor(model(engine), files(...paths));
  return layout.ok ? [...layout.placed, ...layout.notes].map(({ key }) => key) : layout.why;
}

describe('the layout of a model', () => {
  test('for vllm is its repository without weights that vllm cannot stream, and without what git needs', () => {
    const kept = ['config.json', 'model-00001-of-00002.safetensors', 'tokenizer/tokenizer.json'];
    expect(
      keysFor('vllm', ...kept, '.gitattributes', 'pytorch_model.bin', 'original/consolidated.00.pth', 'model.gguf'),
    ).toEqual(kept);
  });

  test('for speaches is a cache of the hub that needs no links', () => {
    const folder = 'models--acme--model';
    expect(keysFor('speaches', 'README.md', 'model.bin')).toEqual([
      `${folder}/snapshots/${REVISION}/README.md`,
      `${folder}/snapshots/${REVISION}/model.bin`,
      `${folder}/refs/main`,
    ]);
  });

  test('for kokoro is two files of many', () => {
    expect(keysFor('kokoro', 'README.md', 'config.json', 'kokoro-v1_0.pth', 'voices/af_bella.pt')).toEqual([
      'v1_0/config.json',
      'v1_0/kokoro-v1_0.pth',
    ]);
  });

  test('for a server of the user is the repository as it is', () => {
    expect(keysFor('custom', 'a/b.bin', 'c.onnx')).toEqual(['a/b.bin', 'c.onnx']);
  });

  test.each([
    ['vllm', ['config.json', 'pytorch_model.bin'], 'no .safetensors'],
    ['speaches', ['model.bin'], 'no README.md'],
    ['kokoro', ['config.json'], 'no kokoro-v1_0.pth'],
    ['custom', ['.gitattributes'], 'no files'],
  ])('for %s of %j is refused in words', (engine, paths, words) => {
    expect(keysFor(engine, ...paths)).toContain(words);
  });

  test('never holds a list of checksums that somebody else made', () => {
    expect(keysFor('custom', SHA256SUMS, 'a')).toEqual(['a']);
  });
});

describe('models of a region', () => {
  test('are each named once, whatever number of cells reads them', () => {
    const plan = regionPlan();
    expect(plan.cells.length).toBeGreaterThan(1);
    expect(modelsOf(plan).map(({ prefix }) => prefix)).toEqual(
      plan.cells[0]?.inference.map(({ weightsPrefix }) => weightsPrefix),
    );
  });
});

describe('the list of checksums', () => {
  test('does not depend on the order in which files were copied', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 }), (keys) => {
        const sums = keys.map((key) => [key, sha256Of(key)] as const);
        expect(checksumList(new Map(sums))).toBe(checksumList(new Map(sums.toReversed())));
      }),
    );
  });

  test('names content as git does', () => {
    // git hash-object of "hello\n"
    expect(gitBlobOf(Buffer.from('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  });
});

describe('a hub', () => {
  test.each(['http://hub.example.com', 'ftp://hub.example.com', 'hub.example.com', ''])(
    '%j is refused, for a token would travel in the clear or nowhere',
    (url) => {
      expect(() => hubOfEnvironment({ HF_ENDPOINT: url })).toThrow(
        /^HF_ENDPOINT: got .*, allowed an https:\/\/ address/,
      );
    },
  );

  test.each(['https://hub.example.com/mirror/', 'http://127.0.0.1:8080'])('%s is asked', (url) => {
    expect(() => hubOfEnvironment({ HF_ENDPOINT: url })).not.toThrow();
  });
});
