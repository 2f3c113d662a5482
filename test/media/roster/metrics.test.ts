import { METRICS } from '../../../media/contract/metrics';
import { holdFailureLine, refusalLines, refusedSince } from '../../../media/roster/metrics';

const place = { metricsNamespace: 'Voicecell', deployment: 'demo', region: 'us-east-1', cell: 'use1-az4' };

test('refusals count for the cell and, beside it, for their reason', () => {
  const [line = ''] = refusalLines(place, new Map([['carrier-rate', 3]]), 1);
  const common = ['Deployment', 'Region', 'Cell'];
  expect(JSON.parse(line)).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        { Namespace: 'Voicecell', Dimensions: [common, [...common, 'Reason']], Metrics: [{ Name: 'CallsRefused' }] },
      ],
    },
    Cell: 'use1-az4',
    Reason: 'carrier-rate',
    CallsRefused: 3,
  });
});

test('only what was refused since, only with 503, and from zero where the proxy started again', () => {
  const last = new Map([
    ['draining', 5],
    ['carrier-calls', 7],
    ['no-media', 9],
  ]);
  const counters = new Map([
    ['draining', 8],
    ['carrier-calls', 7],
    ['no-media', 2],
    ['stranger', 100],
    ['srtp', 4],
  ]);
  expect(refusedSince(last, counters)).toEqual(
    new Map([
      ['draining', 3],
      ['no-media', 2],
    ]),
  );
});

test('a node that AWS does not let hold itself counts for its cell', () => {
  expect(JSON.parse(holdFailureLine(place, 1))).toMatchObject({
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [{ Namespace: 'Voicecell', Metrics: [{ Name: METRICS.holdFailures, Unit: 'Count' }] }],
    },
    Cell: 'use1-az4',
    [METRICS.holdFailures]: 1,
  });
});
