import { instanceType, regionFacts, regionsOf, JURISDICTIONS } from '../../regions/catalog';
import { formatProblem } from '../../regions/config';
import { amiFor, lockedImage, prefixListsFor, readLock, type Lock } from '../../regions/lock';
import { yamlFile } from '../support/config';

function shippedLock(): Lock {
  const result = readLock();
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.lock;
}

const lock = shippedLock();
const IMAGE = 'vllm/vllm-openai:v0.24.0-cu129';

test('every region of the catalogue has an AMI with and one without the GPU driver', () => {
  const planned = Object.keys(JURISDICTIONS).flatMap(regionsOf).filter(regionFacts);
  expect(instanceType('c7i.large')).toBeDefined();
  expect(Object.keys(lock.amis)).toStrictEqual(expect.arrayContaining(planned));
  expect(lock.amis['eu-south-2']?.gpu.name).toMatch(/ecs-gpu-.*x86_64/);
  expect(lock.amis['eu-south-2']?.cpu.name).not.toMatch(/gpu|arm64/);
});

test('no two regions share an AMI', () => {
  const ids = Object.values(lock.amis).flatMap(({ cpu, gpu }) => [cpu.id, gpu.id]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an AMI of an unknown region fails and names the known ones', () => {
  expect(amiFor(lock, 'us-east-1', 'gpu')).toBe(lock.amis['us-east-1']?.gpu.id);
  expect(() => amiFor(lock, 'eu-atlantis-1', 'cpu')).toThrow(/no AMI for eu-atlantis-1, allowed af-south-1/);
});

test('an image is unlocked until it has a digest', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(lockedImage(lock, IMAGE)).toBeUndefined();
  expect(lockedImage({ ...lock, images: { [IMAGE]: { digest } } }, IMAGE)).toBe(digest);
});

test('prefix lists are known where they are proven, and nowhere guessed', () => {
  expect(prefixListsFor(lock, 'us-east-1')).toStrictEqual({ s3: 'pl-63a5400a', dynamodb: 'pl-02cd2c6b' });
  expect(prefixListsFor(lock, 'eu-south-2')).toStrictEqual({});
});

test('a damaged lock file is told line by line', () => {
  const text =
    'formatVersion: 2\nsources: { amis: x, prefixLists: x }\nprefixLists: {}\namis: {}\nimages:\n  a:b: { digest: v1 }\n';
  const result = readLock(yamlFile(text));
  expect(
    result.ok ? [] : result.problems.map((problem) => formatProblem({ ...problem, file: 'lock.yaml' })),
  ).toStrictEqual([
    'lock.yaml:1:16 formatVersion: got 2, allowed 1, change it to 1',
    'lock.yaml:6:18 images.a:b.digest: got "v1", allowed a digest: sha256: and 64 hexadecimal digits or null, change it',
  ]);
});
