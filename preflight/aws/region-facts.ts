import type { RegionPlan } from '../../regions/plan/types';
import type { RegionFacts } from '../facts/facts';
import { QUOTAS } from '../facts/quotas';
import { machineImagesOf, placesOf, typesOf, unique } from '../facts/wanted';
import { Ec2Reader } from './ec2';
import { Ec2UsageReader } from './ec2-usage';
import { QuotaReader } from './quotas';
import type { ReaderProps } from '../../aws/reader';
import { S3Reader } from './s3';
import { secretFacts } from './secret-facts';
import { sipZones } from './sip-zones';
import { SsmReader } from './ssm';
import { nameFacts } from './name-facts';
import { containerImages } from './container-images';

/** Everything asked of one region of the plan and of the region of its copies, all at once. */
export async function regionFacts(
  plan: RegionPlan,
  readerIn: (region: string) => ReaderProps,
  manifestKeys: readonly string[],
): Promise<RegionFacts> {
  const here = readerIn(plan.region);
  const [bootstraps, names, offer, usage, secrets, zones, images, missingWeights] = await Promise.all([
    Promise.all(placesOf(plan).map(async (region) => ({ region, version: await bootstrap(readerIn(region)) }))),
    nameFacts(plan, readerIn),
    offerOf(plan, here),
    usageOf(plan, here),
    secretFacts(plan, here),
    sipZones(plan.sip.zone, here),
    containerImages(plan, here),
    new S3Reader(here).missing(plan.names.buckets.weights, plan.account, manifestKeys),
  ]);
  return {
    bootstraps,
    ...names,
    ...offer,
    ...usage,
    ...secrets,
    sipZones: zones,
    containerImages: images,
    missingWeights,
  };
}

const bootstrap = (reader: ReaderProps) => new SsmReader(reader).bootstrapVersion();

type Offer = Pick<RegionFacts, 'zones' | 'offerings' | 'endpointServices' | 'machineImages'>;

async function offerOf(plan: RegionPlan, reader: ReaderProps): Promise<Offer> {
  const ec2 = new Ec2Reader(reader);
  const [zones, offerings, endpointServices, machineImages] = await Promise.all([
    ec2.zones(),
    ec2.offerings(unique(plan.cells.flatMap(typesOf))),
    ec2.endpointServices(plan.network.interfaceEndpoints),
    ec2.machineImages(machineImagesOf(plan)),
  ]);
  return { zones, offerings, endpointServices, machineImages };
}

type Usage = Pick<RegionFacts, 'capacity' | 'elasticIps' | 'vpcs' | 'quotas'>;

async function usageOf({ deployment }: RegionPlan, reader: ReaderProps): Promise<Usage> {
  const used = new Ec2UsageReader(reader, deployment);
  const of = new QuotaReader(reader);
  const [capacity, elasticIps, vpcs, standard, graphics, parallel, elasticIpQuota, vpcQuota] = await Promise.all([
    used.capacity(),
    used.elasticIps(),
    used.vpcs(),
    of.quota(QUOTAS.standard),
    of.quota(QUOTAS.graphics),
    of.quota(QUOTAS.parallel),
    of.quota(QUOTAS.elasticIps),
    of.quota(QUOTAS.vpcs),
  ]);
  return {
    capacity,
    elasticIps,
    vpcs,
    quotas: { standard, graphics, parallel, elasticIps: elasticIpQuota, vpcs: vpcQuota },
  };
}
