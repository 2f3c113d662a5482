import * as fc from 'fast-check';
import { parseReference } from '../../regions/image-reference';
import { changesOf, findingsOf, outcomesOf } from '../../supply/images/decide';
import { edited } from '../../supply/images/lock-file';
import { choose, sha256 } from '../../supply/images/manifest';
import { mirroredIn } from '../../supply/images/mirror/plan';
import { pinChanges, regionsToAsk, type RegionPins } from '../../supply/images/pins';
import { regionPlan } from '../support/region-plan';
import type { Lock } from '../../regions/lock';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

describe('a reference', () => {
  test.each([
    ['debian:trixie-slim', { registry: 'docker.io', repository: 'library/debian', tag: 'trixie-slim' }],
    ['vllm/vllm-openai:v0.24.0', { registry: 'docker.io', repository: 'vllm/vllm-openai', tag: 'v0.24.0' }],
    ['ghcr.io/owner/name:1', { registry: 'ghcr.io', repository: 'owner/name', tag: '1' }],
    ['127.0.0.1:5000/a/b:c', { registry: '127.0.0.1:5000', repository: 'a/b', tag: 'c' }],
    ['localhost/a:b', { registry: 'localhost', repository: 'a', tag: 'b' }],
    ['registry:5000/a:b', { registry: 'registry:5000', repository: 'a', tag: 'b' }],
  ])('%s is read as docker reads it', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  test.each(['debian', '--help', 'a b:c', 'ghcr.io/x/y', `a@${DIGEST}`, 'a:-b', '-a/b:c', 'A/b:c', 'a:b\n--x', ''])(
    '%j is none',
    (text) => {
      expect(parseReference(text)).toBeUndefined();
    },
  );

  test('is never what a tool would take for an option or for more than one word', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { registry = '', repository = '', tag = '' } = parseReference(text) ?? {};
        expect(`${registry}/${repository}:${tag}`).toMatch(/^(\/:|[\w.:/-]+)$/);
        expect([registry, repository, tag].filter((part) => part.startsWith('-'))).toEqual([]);
      }),
    );
  });
});

describe('of a manifest', () => {
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
  const entry = (os: string, architecture: string, digest: string) => ({ digest, platform: { os, architecture } });

  test('of one image its own digest is locked', () => {
    const manifest = bytes({ schemaVersion: 2, config: { digest: OTHER }, layers: [] });
    expect(choose(manifest)).toEqual({ ok: true, digest: sha256(manifest) });
  });

  test('of many platforms the one that cells run is locked', () => {
    const manifests = [
      entry('linux', 'arm64', OTHER),
      entry('unknown', 'unknown', OTHER),
      entry('linux', 'amd64', DIGEST),
    ];
    expect(choose(bytes({ manifests }))).toEqual({ ok: true, digest: DIGEST });
  });

  test.each([
    [
      'only other platforms',
      { manifests: [entry('linux', 'arm64', OTHER)] },
      /no linux\/amd64 image, only linux\/arm64/,
    ],
    ['an empty index', { manifests: [] }, /only none/],
    ['something else', { errors: [] }, /no image manifest/],
  ])('%s gives no digest and a reason', (_, manifest, why) => {
    expect(choose(bytes(manifest))).toEqual({ ok: false, why: expect.stringMatching(why) });
  });

  test('bytes that are no JSON give no digest and a reason', () => {
    expect(choose(Buffer.from('<html>'))).toMatchObject({ ok: false });
  });
});

describe('what comes of a reference', () => {
  const lock = { images: { 'a:1': { digest: DIGEST }, 'b:1': { digest: null } } };
  const answered = (reference: string, digest: string) => ({ reference, chosen: { ok: true, digest } as const });
  const outcomes = outcomesOf(lock, [
    answered('a:1', OTHER),
    answered('b:1', OTHER),
    answered('c:1', OTHER),
    { reference: 'd:1', chosen: { ok: false, why: 'no such host' } },
  ]);
  const states = (list: typeof outcomes) => list.map(({ reference, state }) => `${reference} ${state}`);

  test('an unlocked and an absent one are filled, a moved tag is left for somebody to look at', () => {
    const mode = { check: false, update: false };
    expect(states(changesOf(outcomes, mode))).toEqual(['b:1 filled', 'c:1 filled']);
    expect(states(findingsOf(outcomes, mode))).toEqual(['a:1 moved']);
  });

  test('an update follows moved tags', () => {
    const mode = { check: false, update: true };
    expect(states(changesOf(outcomes, mode))).toEqual(['a:1 moved', 'b:1 filled', 'c:1 filled']);
    expect(findingsOf(outcomes, mode)).toEqual([]);
  });

  test('a check changes nothing and finds all', () => {
    const mode = { check: true, update: false };
    expect(changesOf(outcomes, mode)).toEqual([]);
    expect(states(findingsOf(outcomes, mode))).toEqual(['a:1 moved', 'b:1 filled', 'c:1 filled']);
  });
});

describe('pins', () => {
  const ami = (id: string) => ({ id, name: 'al2023' });
  const now: RegionPins = {
    amis: { cpu: ami('ami-2'), gpu: ami('ami-3') },
    prefixLists: { s3: 'pl-1', dynamodb: 'pl-2' },
  };
  const lock = {
    amis: { 'us-east-1': { cpu: ami('ami-1'), gpu: ami('ami-3') } },
    prefixLists: {},
  } as unknown as Lock;

  test('a gap is filled and a pin stays', () => {
    expect(pinChanges(lock, 'us-east-1', now, false).map(({ path }) => path.join('.'))).toEqual([
      'prefixLists.us-east-1',
    ]);
  });

  test('an update renews what differs', () => {
    expect(pinChanges(lock, 'us-east-1', now, true)).toHaveLength(2);
  });

  test('a region without gaps is not asked', () => {
    const whole = { ...lock, prefixLists: { 'us-east-1': now.prefixLists } };
    expect(regionsToAsk(whole, ['us-east-1', 'eu-west-1'], false)).toEqual(['eu-west-1']);
    expect(regionsToAsk(whole, ['us-east-1'], true)).toEqual(['us-east-1']);
  });
});

test('an edit of the lock file keeps comments, order and everything else', () => {
  const text = '# top\nimages:\n  a:1: { digest: null }\n  # of b\n  b:1: { digest: null }\namis:\n  x: 1\n';
  const images = [{ reference: 'a:1', state: 'filled', after: DIGEST } as const];
  expect(edited(text, { images, pins: [], today: '2026-11-23' })).toBe(
    `# top\nimages:\n  a:1: { digest: ${DIGEST}, resolvedOn: 2026-11-23 }\n  # of b\n  b:1: { digest: null }\namis:\n  x: 1\n`,
  );
});

describe('what a region must mirror', () => {
  test('is each image once, with a tag that tells the digest', () => {
    const { images, problems } = mirroredIn(regionPlan());
    expect(problems).toEqual([]);
    expect(images.map(({ repository, tag }) => `${repository}:${tag}`)).toEqual(
      ['stt', 'llm', 'tts'].map((tier) => `demo-us-east-1/${tier}:v1-${'a'.repeat(12)}`),
    );
  });

  test('cannot be told of an unlocked image', () => {
    const plan = regionPlan();
    const cells = plan.cells.map((cell) => ({
      ...cell,
      inference: cell.inference.map((service) => ({ ...service, image: { reference: 'a/b:1', uri: 'x' } })),
    }));
    expect(mirroredIn({ ...plan, cells }).problems).toEqual([expect.stringContaining('voicecell images lock')]);
  });
});
