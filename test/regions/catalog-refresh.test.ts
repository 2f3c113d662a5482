import {
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeRegionsCommand,
} from '@aws-sdk/client-ec2';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../bin/commands/catalog';
import { diffCatalogs } from '../../regions/catalog/refresh/diff';
import { refresh } from '../../regions/catalog/refresh/refresh';
import { renderRefresh } from '../../regions/catalog/refresh/render';
import { currentCatalog, DATA_DIRECTORY, writeCatalog } from '../../regions/catalog/refresh/store';
import type { Catalog } from '../../regions/catalog/types';
import { ec2, givenUsEast1, info, refused, source, spec } from '../support/ec2-catalog';

let directory: string;

beforeEach(() => {
  ec2.reset();
  directory = mkdtempSync(join(tmpdir(), 'catalog-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const givenRegions = (...names: readonly string[]) =>
  ec2
    .on(DescribeRegionsCommand)
    .resolves({ Regions: names.map((RegionName) => ({ RegionName, OptInStatus: 'opted-in' })) });

const azs = (byAz: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(byAz).map(([azId, types]) => [azId, new Set(types)]));

function catalogOf(regions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>): Catalog {
  return {
    offerings: new Map(
      Object.entries(regions).map(([region, byAz]) => [
        region,
        { source: 'published', asOf: '2026-05', azIds: azs(byAz) },
      ]),
    ),
    instanceTypes: new Map([['g6.xlarge', spec]]),
    specsFrom: { source: 'published', asOf: '2026-05' },
  };
}

describe('refreshing the catalogue', () => {
  const current = catalogOf({
    'us-east-1': { 'use1-az1': [], 'use1-az3': ['g6.xlarge'] },
    'eu-west-1': { 'euw1-az1': ['g6.xlarge'] },
  });
  const request = { current, regions: [], checkedOn: '2026-11-22' };
  test('shows what each AZ gained and lost, and AZs that came or went', async () => {
    givenUsEast1();
    givenRegions('us-east-1');
    const refreshed = await refresh(source(), request);
    const text = renderRefresh(diffCatalogs(current, refreshed.next), refreshed);
    expect(text.split('\n').slice(0, 6)).toEqual([
      'us-east-1 use1-az1',
      '  + g6',
      'us-east-1 use1-az2 (new AZ)',
      '  + c7i',
      'us-east-1 use1-az3 (AZ gone)',
      '  - g6',
    ]);
    expect(text).toContain('+ c7i.large {');
  });

  test('shows which specs of a type changed', () => {
    const next = { ...current, instanceTypes: new Map([['g6.xlarge', { ...spec, memMiB: 32768 }]]) };
    const text = renderRefresh(diffCatalogs(current, next), { next, read: ['us-east-1'], kept: [] });
    expect(text.split('\n')[0]).toBe('~ g6.xlarge memMiB 16384 -> 32768');
  });

  test('leaves a region alone and says so when it is closed to the account, unlisted, refused or of no jurisdiction', async () => {
    ec2.on(DescribeRegionsCommand).resolves({
      Regions: [
        { RegionName: 'ap-east-1', OptInStatus: 'not-opted-in' },
        { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
        { RegionName: 'us-east-9', OptInStatus: 'opt-in-not-required' },
      ],
    });
    ec2.on(DescribeAvailabilityZonesCommand).rejects(refused);
    const { next, kept } = await refresh(source(), request);
    expect(next.offerings).toEqual(current.offerings);
    expect(kept.map(({ region, because }) => [region, because.slice(0, 21)])).toEqual([
      ['ap-east-1', 'not enabled in this a'],
      ['eu-west-1', 'not listed by EC2 for'],
      ['us-east-1', 'UnauthorizedOperation'],
      ['us-east-9', 'no known jurisdiction'],
    ]);
  });

  test('an answer without any tracked type does not empty a region', async () => {
    ec2.on(DescribeAvailabilityZonesCommand).resolves({ AvailabilityZones: [] });
    ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({}).on(DescribeInstanceTypesCommand).resolves({});
    const { next, kept } = await refresh(source(), { ...request, regions: ['us-east-1'] });
    expect(next.offerings).toEqual(current.offerings);
    expect(kept).toHaveLength(1);
  });

  test('a size new to one region does not slip into the others that offer its family', async () => {
    givenUsEast1();
    ec2.on(DescribeInstanceTypesCommand).resolves({ InstanceTypes: [info('g6.xlarge'), info('g6.2xlarge')] });
    const { next } = await refresh(source(), { ...request, regions: ['us-east-1'] });
    writeCatalog(next, directory);
    expect(readFileSync(join(directory, 'offerings.json'), 'utf8')).toContain('"euw1-az1": "g6.xlarge"');
  });
});

test('writing the catalogue unchanged gives its files back, byte for byte', () => {
  for (const path of writeCatalog(currentCatalog(), directory))
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(path.replace(directory, DATA_DIRECTORY), 'utf8'));
});

async function voicecell(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  const code = await run(args, io, { source: source(), directory, today: '2026-11-22' });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('voicecell catalog refresh', () => {
  test('prints the difference and writes nothing unless told to', async () => {
    givenUsEast1();
    const { code, out } = await voicecell('refresh', '--region', 'us-east-1');
    expect(code).toBe(1);
    expect(out).toContain('us-east-1 use1-az3 (AZ gone)');
    expect(readdirSync(directory)).toEqual([]);
  });

  test('writes both files with the day of the refresh when told to', async () => {
    givenUsEast1();
    const { code } = await voicecell('refresh', '--region', 'us-east-1', '--write');
    expect(code).toBe(0);
    expect(readdirSync(directory).toSorted()).toEqual(['instance-types.json', 'offerings.json']);
    expect(JSON.parse(readFileSync(join(directory, 'offerings.json'), 'utf8'))).toMatchObject({
      regions: {
        'us-east-1': { source: 'ec2', asOf: '2026-11-22' },
        'us-west-2': { source: 'published', asOf: '2026-05' },
      },
    });
  });

  test.each([
    [
      ['refresh'],
      () => ec2.on(DescribeRegionsCommand).rejects(refused),
      /^cannot read EC2: UnauthorizedOperation: You are/,
    ],
    [
      ['refresh'],
      () =>
        ec2
          .on(DescribeRegionsCommand)
          .rejects(Object.assign(new Error('no keys'), { name: 'CredentialsProviderError' })),
      /^cannot read EC2: CredentialsProviderError: no keys$/,
    ],
    [
      ['refresh', '--region', 'us-east-1'],
      () => ec2.on(DescribeAvailabilityZonesCommand).rejects(refused),
      /^no region could be read: us-east-1 \(UnauthorizedOperation/,
    ],
  ])('%j that AWS refuses ends with one line and exit code 2', async (args, given, line) => {
    given();
    expect(await voicecell(...args)).toEqual({ code: 2, out: '', err: expect.stringMatching(line) });
  });

  test.each([[[]], [['prune']], [['refresh', '--force']]])(
    'answers bad usage %j with one line and the usage',
    async (args) => {
      const { code, err } = await voicecell(...args);
      expect(code).toBe(2);
      expect(err.split('\n')[1]).toMatch(/^usage: voicecell catalog refresh/);
    },
  );
});
