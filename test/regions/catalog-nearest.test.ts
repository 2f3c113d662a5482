import { nearestFeasible } from '../../regions/catalog';
import { standIns } from '../../regions/catalog/nearest';

const cell = ['g6e.2xlarge', 'c7i.2xlarge'];
const regionsIn = (region: string, jurisdiction: string, types = cell): string[] =>
  nearestFeasible({ region, types, jurisdiction }).places.map((place) => place.region);

describe('nearest place for a cell', () => {
  test('its own region comes first, then those of its jurisdiction with the most feasible AZs', () => {
    expect(regionsIn('us-east-2', 'US')).toEqual(['us-east-2', 'us-east-1', 'us-west-2']);
  });

  test('a region that cannot hold it is sent to others of the jurisdiction only', () => {
    expect(regionsIn('eu-west-1', 'EU')).toEqual(['eu-central-1', 'eu-north-1', 'eu-south-2']);
    expect(regionsIn('eu-west-2', 'UK')).toEqual([]);
  });

  test('a region outside the jurisdiction is not proposed, not even to itself', () => {
    expect(regionsIn('us-east-1', 'EU')).not.toContain('us-east-1');
  });

  test('an unknown region or jurisdiction gets no proposal of its own', () => {
    expect(nearestFeasible({ region: 'us-east-9', types: cell, jurisdiction: 'XX' })).toEqual({
      places: [],
      substitutes: [],
    });
  });

  test('an unknown type fits nowhere and has no stand-in', () => {
    expect(nearestFeasible({ region: 'us-east-1', types: ['g9.xlarge'], jurisdiction: 'US' })).toEqual({
      places: [],
      substitutes: [],
    });
  });
});

describe('stand-ins', () => {
  test('AZs are proposed with stand-ins for all they lack, fewest replacements first', () => {
    const { substitutes } = nearestFeasible({ region: 'eu-south-2', types: cell, jurisdiction: 'EU' });
    expect(substitutes).toEqual([
      { azId: 'eus2-az1', instead: { 'g6e.2xlarge': ['g7e.2xlarge', 'g7e.4xlarge', 'g7e.8xlarge'] } },
    ]);
  });

  test('the same GPU model is preferred to a bigger one', () => {
    expect(standIns('euc1-az2', 'gr6f.4xlarge')[0]).toBe('gr6.4xlarge');
  });

  test('a GPU with less memory never stands in', () => {
    expect(standIns('euw1-az1', 'g6e.2xlarge')).toEqual([]);
  });

  test('an AMD GPU never stands in for one of NVIDIA, nor arm64 for x86_64', () => {
    const found = standIns('use1-az1', 'g4dn.xlarge');
    expect(found.filter((type) => /^(g4ad|g5g)\./.test(type))).toEqual([]);
  });

  test('a media type is replaced by one of as many vCPUs, no less memory and no GPU', () => {
    expect(standIns('use1-az4', 'c7i.2xlarge').slice(0, 2)).toEqual(['c6in.2xlarge', 'c8i.2xlarge']);
  });
});
