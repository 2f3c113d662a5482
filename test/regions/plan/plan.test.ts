import { assert, constantFrom, integer, property, record, subarray, uniqueArray } from 'fast-check';
import { planDeployment } from '../../../regions/plan';
import { renderPlan } from '../../../regions/plan/report';
import type { RegionPlan } from '../../../regions/plan/types';
import { FRAMEWORKS, type DeploymentConfig, type RegionConfig } from '../../../regions/config/schema';
import { readLock, type Lock } from '../../../regions/lock';
import { deploymentConfig, regionConfig } from '../../support/config';

const shipped = readLock();
const lock: Lock = shipped.ok
  ? shipped.lock
  : { formatVersion: 1, sources: { amis: '', prefixLists: '' }, images: {}, prefixLists: {}, amis: {} };

const planOf = (region: Partial<RegionConfig> = {}, deployment: Partial<DeploymentConfig> = {}): RegionPlan => {
  const config = deploymentConfig({ ...deployment, regions: { 'us-east-1': regionConfig(region) } });
  const [plan] = planDeployment(config, lock);
  if (!plan) throw new Error('a deployment with one region has one plan');
  return plan;
};

const elsewhere = (region: string) =>
  regionConfig({
    vpcCidr: '10.21.0.0/16',
    cells: { count: 2 },
    sip: {
      hostname: `sip.${region}.demo.example.com`,
      certificateSecretArn: `arn:aws:secretsmanager:${region}:123456789012:secret:x-AbCdEf`,
    },
  });

describe('capacity', () => {
  const calls = integer({ min: 1, max: 3000 });
  const loads = record({
    peak: calls,
    cells: integer({ min: 1, max: 4 }),
    perEdge: integer({ min: 1, max: 3000 }),
    perMedia: integer({ min: 1, max: 500 }),
  });

  test('every edge node knows the most there can be of them, each being replaced', () => {
    assert(
      property(loads, ({ peak, cells, perEdge }) => {
        const { edge } = regionConfig();
        const plan = planOf({
          peakConcurrentCalls: peak,
          cells: { count: cells },
          edge: { ...edge, callsPerNode: perEdge },
        });
        const most = plan.cells.reduce((sum, cell) => sum + cell.edge.nodes.max + cell.edge.surge, 0);
        for (const cell of plan.cells)
          expect(cell.edge.containers.find(({ name }) => name === 'kamailio')?.env?.['EDGE_NODES']).toBe(String(most));
      }),
    );
  });

  test('losing any one cell leaves room for the peak in every tier', () => {
    assert(
      property(loads, ({ peak, cells, perEdge, perMedia }) => {
        const { edge, media } = regionConfig();
        const plan = planOf({
          peakConcurrentCalls: peak,
          cells: { count: cells },
          edge: { ...edge, callsPerNode: perEdge },
          media: { ...media, callsPerNode: perMedia },
        });
        const survivors = plan.cells.slice(0, Math.max(1, cells - 1));
        const room = (perCell: (cell: RegionPlan['cells'][number]) => number) =>
          survivors.reduce((sum, cell) => sum + perCell(cell), 0);
        expect(room((cell) => cell.edge.nodes.max * cell.edge.callsPerNode)).toBeGreaterThanOrEqual(peak);
        expect(room((cell) => cell.media.nodes.max * cell.media.callsPerNode)).toBeGreaterThanOrEqual(peak);
        for (const tier of [0, 1, 2])
          expect(
            room((cell) => (cell.inference[tier]?.tasks.max ?? 0) * (cell.inference[tier]?.callsPerTask ?? 0)),
          ).toBeGreaterThanOrEqual(peak);
      }),
    );
  });

  test('RTP ports are at least two a call, with slack for calls that drain', () => {
    assert(
      property(integer({ min: 1, max: 3000 }), (callsPerNode) => {
        const { edge, media } = regionConfig();
        const [cell] = planOf({ edge: { ...edge, callsPerNode }, media: { ...media, callsPerNode } }).cells;
        for (const fleet of cell ? [cell.edge, cell.media] : []) {
          const ports = fleet.rtpPorts.to - fleet.rtpPorts.from + 1;
          expect(ports).toBeGreaterThanOrEqual(2 * callsPerNode * 1.5);
          expect(ports % 2).toBe(0);
        }
      }),
    );
  });

  test('every edge node, those of a deployment included, finds an address in the pool', () => {
    for (const cell of planOf({ peakConcurrentCalls: 2000 }).cells)
      expect(cell.elasticIps).toBe(cell.edge.nodes.max + cell.edge.surge);
  });

  test('production keeps two tasks of every model, so that one can be replaced', () => {
    const quiet = { quietConcurrentCalls: 1 };
    expect(planOf(quiet).cells[0]?.inference.map((service) => service.tasks.min)).toEqual([2, 2, 2]);
    const sandbox = planOf({ ...quiet, cells: { count: 1 } }, { purpose: 'sandbox' });
    expect(sandbox.cells[0]?.inference.map((service) => service.tasks.min)).toEqual([1, 1, 1]);
  });
});

describe('placement', () => {
  test('a count is placed in AZ ids that offer every instance type', () => {
    const cells = planOf({ cells: { count: 4 } }).cells.map((cell) => cell.azId);
    expect(cells).toEqual([...cells].toSorted());
    expect(cells).not.toContain('use1-az3');
  });

  test('subnets of the cells neither overlap nor leave the VPC', () => {
    assert(
      property(integer({ min: 16, max: 20 }), (prefix) => {
        const plan = planOf({ vpcCidr: `10.32.0.0/${prefix}`, cells: { count: 4 } });
        const blocks = plan.cells
          .flatMap((cell) => Object.values(cell.subnets))
          .map(rangeOf)
          .toSorted((a, b) => a.from - b.from);
        const vpc = rangeOf(plan.network.vpcCidr);
        expect(blocks).toHaveLength(16);
        blocks.reduce((end, block) => {
          expect(block.from).toBeGreaterThanOrEqual(end);
          return block.to;
        }, vpc.from);
        expect(blocks.at(-1)?.to).toBeLessThanOrEqual(vpc.to);
      }),
    );
  });

  test('a cell added later moves no subnet of another', () => {
    const one = planOf({ cells: { azIds: ['use1-az4', 'use1-az6'] } }).cells;
    const more = planOf({ cells: { azIds: ['use1-az4', 'use1-az6', 'use1-az2'] } }).cells;
    expect(more.slice(0, 2).map((cell) => cell.subnets)).toEqual(one.map((cell) => cell.subnets));
  });
});

describe('records', () => {
  test('are kept as long as the strictest framework or the config asks', () => {
    expect(planOf({}, { frameworks: ['soc2', 'hipaa'] }).retention.recording).toMatchObject({
      days: 2192,
      lockMode: 'GOVERNANCE',
    });
    expect(planOf({}, { frameworks: ['finra'] }).retention.recording).toMatchObject({
      days: 1096,
      lockMode: 'COMPLIANCE',
    });
    expect(
      planOf({}, { frameworks: ['finra'], retention: { recording: { days: 2557 } } }).retention.recording.days,
    ).toBe(2557);
  });

  test('of voicemail make the bucket they share with recordings as strict', () => {
    const { recording } = planOf(
      {},
      { frameworks: ['soc2'], retention: { voicemail: { days: 900, lockMode: 'COMPLIANCE' } } },
    ).retention;
    expect(recording).toMatchObject({ days: 900, lockMode: 'COMPLIANCE', logGroupDays: 1096 });
  });

  test('lie in instantly read tiers only while the law asks for easy access, and are never moved after they expire', () => {
    assert(
      property(subarray([...FRAMEWORKS]), integer({ min: 1, max: 4000 }), (frameworks, days) => {
        const { retention } = planOf({}, { frameworks, retention: { transcript: { days } } });
        for (const { accessibleDays, days: kept, transitions } of Object.values(retention))
          for (const { storageClass, afterDays } of transitions) {
            expect(afterDays < accessibleDays ? ['GLACIER_IR'] : [storageClass]).toContain(storageClass);
            expect(afterDays).toBeLessThan(kept);
          }
      }),
    );
    expect(planOf({}, { frameworks: ['finra'] }).retention.recording.transitions).toEqual([
      { storageClass: 'GLACIER_IR', afterDays: 90 },
    ]);
  });

  test('without a framework are locked for a day, reversibly', () => {
    expect(planOf().retention.recording).toMatchObject({ days: 1, lockMode: 'GOVERNANCE' });
  });

  test('are copied to the other region of the deployment, or to another of the jurisdiction', () => {
    const two = deploymentConfig({ regions: { 'us-east-1': regionConfig(), 'us-west-2': elsewhere('us-west-2') } });
    expect(planDeployment(two, lock).map((plan) => plan.copies.region)).toEqual(['us-west-2', 'us-east-1']);
    expect(planOf().copies).toMatchObject({ region: 'us-east-2', kind: 'region' });
  });

  test('have alerts of their own where the deployment does not run, and the guard tells of them where it does', () => {
    const two = deploymentConfig({ regions: { 'us-east-1': regionConfig(), 'us-west-2': elsewhere('us-west-2') } });
    expect(planDeployment(two, lock).map(({ copies }) => copies.alerts)).toEqual(['guard', 'guard']);
    expect(planOf().copies.alerts).toBe('own');
  });

  test('are copied to a second bucket where the jurisdiction has one region', () => {
    const config = deploymentConfig({ jurisdiction: 'UK', regions: { 'eu-west-2': elsewhere('eu-west-2') } });
    expect(planDeployment(config, lock)[0]?.copies).toMatchObject({
      region: 'eu-west-2',
      kind: 'bucket',
      alerts: 'guard',
    });
  });

  test('are watched by a trail wherever a copy lies, and by one only', () => {
    const two = deploymentConfig({ regions: { 'us-east-1': regionConfig(), 'us-west-2': elsewhere('us-west-2') } });
    const plans = planDeployment(two, lock);
    expect(plans.map((plan) => plan.trail.multiRegion)).toEqual([true, false]);
    const watched = plans.flatMap((plan) => plan.trail.dataEventBuckets);
    expect(new Set(watched).size).toBe(watched.length);
    for (const { names } of plans)
      expect(watched).toEqual(
        expect.arrayContaining([
          names.buckets.recordings,
          names.buckets.recordingsCopy,
          names.buckets.transcripts,
          names.buckets.transcriptsCopy,
        ]),
      );
  });
});

test('carriers are told in their failover order, wherever they stand in the file', () => {
  const [carrier] = regionConfig().carriers;
  const carriers = carrier
    ? [
        { ...carrier, name: 'second', failoverOrder: 2 },
        { ...carrier, name: 'first', failoverOrder: 1 },
      ]
    : [];
  const plan = planOf({ carriers });
  expect(plan.sip.carriers.map(({ name }) => name)).toEqual(['first', 'second']);
  expect(planOf({ carriers: carriers.toReversed() })).toEqual(plan);
});

test("the certificate's key is the account's own only where the file names one", () => {
  const certificateKeyArn = 'arn:aws:kms:us-east-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef';
  expect(planOf().sip).not.toHaveProperty('certificateKeyArn');
  expect(planOf({ sip: { ...regionConfig().sip, certificateKeyArn } }).sip).toMatchObject({ certificateKeyArn });
});

describe('a deploying command is refused', () => {
  test('for a documentation account', () => {
    expect(planOf().refusals).toContainEqual(expect.stringContaining('account 123456789012 is a documentation id'));
    expect(planOf({}, { account: '210987654321' }).refusals).not.toContainEqual(expect.stringContaining('account'));
  });

  test('for an image without digest, and is not once every image has one', () => {
    const unlocked = planOf({}, { account: '210987654321' });
    const references = [
      ...unlocked.cells.flatMap((cell) => cell.inference.map((service) => service.image.reference)),
      ...unlocked.baseImages.map((base) => base.reference),
    ];
    expect(unlocked.refusals).toHaveLength(new Set(references).size);
    const digest = `sha256:${'f'.repeat(64)}`;
    const images = Object.fromEntries(references.map((reference) => [reference, { digest }]));
    const config = deploymentConfig({ account: '210987654321' });
    const [locked] = planDeployment(config, { ...lock, images });
    expect(locked?.refusals).toEqual([]);
    expect(locked?.cells[0]?.inference[0]?.image.uri).toMatch(
      /\.dkr\.ecr\.us-east-1\.amazonaws\.com\/demo-us-east-1\/stt@sha256:f{64}$/,
    );
  });

  test('for a prefix list that the lock file does not have', () => {
    const plan = planDeployment(deploymentConfig(), { ...lock, prefixLists: {} })[0];
    expect(plan?.refusals).toContainEqual(expect.stringContaining('prefix list of s3'));
  });
});

describe('the plan', () => {
  const configs = record({
    frameworks: subarray([...FRAMEWORKS]),
    cells: integer({ min: 1, max: 4 }),
    regions: uniqueArray(constantFrom('us-east-2', 'us-west-2')),
  });

  test('is plain, frozen JSON and the same for the same input', () => {
    assert(
      property(configs, ({ frameworks, cells, regions }) => {
        const config = deploymentConfig({
          frameworks,
          regions: {
            'us-east-1': regionConfig({ cells: { count: cells } }),
            ...Object.fromEntries(regions.map((name) => [name, elsewhere(name)])),
          },
        });
        const plans = planDeployment(config, lock);
        expect(JSON.parse(JSON.stringify(plans))).toEqual(plans);
        expect(planDeployment(structuredClone(config), lock)).toEqual(plans);
        expect(() => Object.assign(plans[0]?.cells[0]?.edge ?? {}, { instanceType: 't3.nano' })).toThrow(TypeError);
      }),
      { numRuns: 40 },
    );
  });

  test('names nothing longer than AWS allows, for the longest deployment and region', () => {
    const config = deploymentConfig({
      deployment: 'abcdefghijklmnop',
      jurisdiction: 'JP',
      regions: { 'ap-northeast-1': elsewhere('ap-northeast-1') },
    });
    const [plan] = planDeployment(config, lock);
    expect(plan?.cells).toHaveLength(2);
    for (const bucket of Object.values(plan?.names.buckets ?? {})) expect(bucket.length).toBeLessThanOrEqual(63);
    for (const role of [
      ...Object.values(plan?.names.roles ?? {}),
      ...(plan?.cells ?? []).map((cell) => cell.mediaTaskRole),
    ])
      expect(role.length).toBeLessThanOrEqual(64);
  });

  test('reads in a terminal: cells, decisions with reasons, and what a deployment is refused for', () => {
    const text = renderPlan(planOf({}, { frameworks: ['hipaa'] }));
    expect(text).toContain('cell use1-az4: 13-100 calls, 2 Elastic IPs');
    expect(text).toContain('recordings kept: 2192 days, GOVERNANCE');
    expect(text).toContain('edge   c7i.large x 1 (+1)         200 calls each, RTP 10000-11199');
    expect(text).toContain('alias/demo-us-east-1-recording-copy');
    expect(text).toContain('deploying commands refuse, because');
  });
});

function rangeOf(cidr: string): { from: number; to: number } {
  const [address = '', prefix = ''] = cidr.split('/');
  const from = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { from, to: from + 2 ** (32 - Number(prefix)) };
}
