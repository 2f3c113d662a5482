import { between, oneOf, optional, scaled, type Draw } from './draw';
import type { DeploymentConfig, RegionConfig } from '../../../regions/config/schema';
import { carriers } from './network';
import { calls } from './numbers';
import type { Site } from './sites';
import { edge, inference, media, type Load } from './tiers';
import { e164 } from './words';

export interface RegionInput {
  readonly site: Site;
  readonly vpcCidr: string;
  readonly deployment: string;
  readonly account: string;
  readonly partition: string;
  readonly frameworks: DeploymentConfig['frameworks'];
  readonly mostCalls: number;
  readonly kind?: RegionConfig['media']['kind'];
}

export function region(g: Draw, input: RegionInput): RegionConfig {
  const { site, vpcCidr } = input;
  const peakConcurrentCalls = scaled(g, 1, input.mostCalls);
  const cells = site.azIds.length;
  const load: Load = { calls: Math.ceil(peakConcurrentCalls / Math.max(1, cells - 1)), cells, vpcCidr };
  const maxCallMinutes = oneOf(g, [undefined, 1, 1440, scaled(g, 1, 1440)]);
  const kind = input.kind ?? oneOf(g, ['asterisk', 'custom'] as const);
  const where = { account: input.account, region: site.region, partition: input.partition };
  return {
    vpcCidr,
    peakConcurrentCalls,
    ...optional(g, 'quietConcurrentCalls', () => between(g, 1, peakConcurrentCalls)),
    cells: oneOf(g, [{ azIds: [...site.azIds] }, { azIds: site.azIds.toReversed() }, { count: cells }]),
    carriers: carriers(
      g,
      input.frameworks.some((framework) => framework !== 'soc2'),
    ),
    sip: sip(g, input),
    fallbackNumber: e164(g),
    ...calls(g, vpcCidr, input.frameworks),
    edge: edge(g, site, load),
    media: media(g, site, load, { ...where, kind, maxCallMinutes: maxCallMinutes ?? 120 }),
    inference: inference(g, site, load),
    ...(maxCallMinutes === undefined ? {} : { maxCallMinutes }),
  };
}

const sip = (g: Draw, { site, account, partition, deployment }: RegionInput): RegionConfig['sip'] => ({
  hostname: `${oneOf(g, ['sip', 's', 'l'.repeat(63)])}.${site.region}.${deployment}.example.com`,
  certificateSecretArn: `arn:${partition}:secretsmanager:${site.region}:${account}:secret:${oneOf(g, ['x-0aB1cD', 'sip/cert-AbCdEf'])}`,
  ...optional(g, 'certificateKeyArn', () => `arn:${partition}:kms:${site.region}:${account}:key/${oneOf(g, KEY_IDS)}`),
});

const KEY_IDS = ['12345678-90ab-cdef-1234-567890abcdef', `mrk-${'0123456789abcdef'.repeat(2)}`];
