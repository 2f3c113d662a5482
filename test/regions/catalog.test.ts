import {
  BUDGETS_REGIONS,
  feasibility,
  instanceType,
  JURISDICTIONS,
  jurisdictionOf,
  offers,
  partitionOf,
  priceUsdPerHour,
  regionFacts,
  regionsOf,
  supportsBudgets,
} from '../../regions/catalog';
import { offeringsFile, pricesFile } from '../../regions/catalog/files';

const surveyed = Object.keys(offeringsFile.regions);

describe('jurisdictions', () => {
  test.each([
    ['eu-central-1', 'EU'],
    ['eu-central-2', 'CH'],
    ['eu-west-2', 'UK'],
    ['eusc-de-east-1', 'EU-SOV'],
    ['us-gov-west-1', 'US-GOV'],
  ])('%s lies in %s whatever its prefix suggests', (region, jurisdiction) => {
    expect(jurisdictionOf(region)).toBe(jurisdiction);
  });

  test.each(['us-east-9', 'us-', 'constructor', ''])(
    'region "%s" has no jurisdiction, partition or facts',
    (region) => {
      expect([jurisdictionOf(region), partitionOf(region), regionFacts(region)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    },
  );

  test('an unknown jurisdiction has no regions', () => {
    expect(regionsOf('toString')).toEqual([]);
  });

  test('no region lies in two', () => {
    const regions = Object.values(JURISDICTIONS).flatMap((jurisdiction) => jurisdiction.regions);
    expect(new Set(regions).size).toBe(regions.length);
  });

  test('a region is in the partition of its jurisdiction', () => {
    expect(partitionOf('cn-north-1')).toBe('aws-cn');
    expect(partitionOf('eusc-de-east-1')).toBe('aws-eusc');
  });

  test('every region with offerings has a jurisdiction and so may be planned', () => {
    expect(surveyed).toHaveLength(30);
    expect(surveyed.filter((region) => regionFacts(region) === undefined)).toEqual([]);
  });

  test('a region whose offerings nobody read has a jurisdiction and no facts', () => {
    expect(jurisdictionOf('mx-central-1')).toBe('MX');
    expect(regionFacts('mx-central-1')).toBeUndefined();
    expect(feasibility('mx-central-1', [])).toEqual([]);
  });
});

describe('offerings', () => {
  test.each([
    ['use1-az4', 'g6e.2xlarge', true],
    ['use1-az5', 'g6e.2xlarge', false],
    ['use1-az3', 'c7i.large', false],
    ['euw1-az1', 'g6.xlarge', false],
    ['apne1-az4', 'p5.4xlarge', false],
    ['apne1-az4', 'p5.48xlarge', true],
    ['use1-az4', 'g6e.3xlarge', false],
    ['use1-az9', 'g6e.2xlarge', false],
  ])('%s and %s: %s', (azId, type, offered) => {
    expect(offers(azId, type)).toBe(offered);
  });

  test('feasibility names what each AZ lacks', () => {
    expect(feasibility('eu-central-1', ['g6f.large', 'c7i.2xlarge'])).toEqual([
      { azId: 'euc1-az1', missing: ['g6f.large'] },
      { azId: 'euc1-az2', missing: [] },
      { azId: 'euc1-az3', missing: [] },
    ]);
  });

  test('every type an AZ offers has specs', () => {
    const azs = surveyed.flatMap((region) => [...(regionFacts(region)?.azIds ?? [])]);
    expect(azs.flatMap(([, types]) => [...types]).filter((type) => !instanceType(type))).toEqual([]);
    expect(new Set(azs.map(([azId]) => azId)).size).toBe(azs.length);
  });
});

describe('instance types', () => {
  test('a fraction of a GPU counts as one GPU with the memory of the fraction', () => {
    expect(instanceType('g6f.large')?.gpu).toEqual({
      manufacturer: 'NVIDIA',
      model: 'L4',
      count: 1,
      memMiBEach: 2861,
      fraction: 0.125,
    });
  });

  test('a media type has no GPU and a known baseline bandwidth', () => {
    expect(instanceType('c7i.2xlarge')).toMatchObject({ vcpu: 8, memMiB: 16384, arch: 'x86_64', baselineGbps: 3.125 });
    expect(instanceType('c7i.2xlarge')?.gpu).toBeUndefined();
  });

  test('a type the catalogue does not track is unknown', () => {
    expect(instanceType('t3.micro')).toBeUndefined();
  });
});

describe('prices', () => {
  test('a known price is USD per hour', () => {
    expect(priceUsdPerHour('g6e.2xlarge', 'us-east-1')).toBeCloseTo(2.24208);
  });

  test.each([
    ['g6e.2xlarge', 'sa-east-1'],
    ['g6e.4xlarge', 'us-east-1'],
    ['constructor', 'us-east-1'],
  ])('the price of %s in %s stays unknown', (type, region) => {
    expect(priceUsdPerHour(type, region)).toBeUndefined();
  });

  test('only tracked types and known regions are priced', () => {
    const entries = Object.entries(pricesFile.usdPerHour);
    expect(entries.filter(([type]) => !instanceType(type))).toEqual([]);
    expect(
      entries.flatMap(([, byRegion]) => Object.keys(byRegion)).filter((region) => !jurisdictionOf(region)),
    ).toEqual([]);
  });
});

test('budgets are offered in some regions only, all of them known', () => {
  expect([supportsBudgets('us-east-1'), supportsBudgets('eu-south-2')]).toEqual([true, false]);
  expect([...BUDGETS_REGIONS].filter((region) => !jurisdictionOf(region))).toEqual([]);
});
