import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checksumList, sha256Of } from '../../supply/weights/checksums';

const LOAD = path.join(__dirname, '..', '..', 'media', 'loader', 'load.sh');
const PREFIX = 'vllm/acme/model/abc/';

let folder: string;
const bucket = (...parts: string[]) => path.join(folder, 'bucket', PREFIX, ...parts);
const node = (...parts: string[]) => path.join(folder, 'node', ...parts);

/** Stands for `aws s3 sync`: what lies in the bucket is copied. */
const AWS = ['#!/bin/sh', 'echo synced >>"$LOG"', 'cp -R "$BUCKET_FOLDER/." "$6"', ''].join('\n');

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'voicecell-loader-'));
  for (const name of ['bin', 'node']) mkdirSync(path.join(folder, name));
  mkdirSync(bucket('part'), { recursive: true });
  writeFileSync(path.join(folder, 'bin', 'aws'), AWS);
  chmodSync(path.join(folder, 'bin', 'aws'), 0o755);
  writeFileSync(bucket('part', 'weights.bin'), 'weights');
  writeFileSync(bucket('SHA256SUMS'), checksumList(new Map([['part/weights.bin', sha256Of('weights')]])));
});

afterEach(() => rmSync(folder, { recursive: true }));

function load(): { readonly status: number | null; readonly text: string; readonly syncs: number } {
  const log = path.join(folder, 'log');
  const { status, stdout, stderr } = spawnSync('sh', [LOAD], {
    encoding: 'utf8',
    env: {
      PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}`,
      WEIGHTS_BUCKET: 'weights',
      WEIGHTS_PREFIX: PREFIX,
      WEIGHTS_PATH: node(),
      BUCKET_FOLDER: bucket(),
      LOG: log,
    },
  });
  const syncs = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0;
  return { status, text: stdout + stderr, syncs };
}

test('a model is whole on the node when its checksums hold', () => {
  expect(load()).toMatchObject({ status: 0 });
  expect(readFileSync(node('complete'), 'utf8')).toBe(`${PREFIX}\n`);
});

test('a node that has the model asks for nothing', () => {
  load();
  expect(load()).toMatchObject({ status: 0, syncs: 1 });
});

test('a file that is not what was staged keeps the server from starting', () => {
  writeFileSync(bucket('part', 'weights.bin'), 'wEights');
  const { status, text } = load();
  expect(status).not.toBe(0);
  expect(text).toContain('part/weights.bin: FAILED');
  expect(existsSync(node('complete'))).toBe(false);
});

test('a model without checksums is refused with the command that makes them', () => {
  rmSync(bucket('SHA256SUMS'));
  const { status, text } = load();
  expect(status).not.toBe(0);
  expect(text).toContain('voicecell weights stage');
});
