import { VAULTS, type VaultClass } from '../../../../regions/plan/vaults';
import type { RegionPlan } from '../../../../regions/plan/types';
import type { AuditUnit } from '../../findings';
import type { Finding } from '../../posture';
import type { LiveRegion } from '../reading';
import { judgeBucket } from './judge-objects';
import { ObjectReader } from './object-reader';
import { placeIn } from './place';

export interface VaultsAsked {
  readonly audited: AuditUnit;
  /** How many of the oldest, and how many of the newest versions of each bucket. */
  readonly samples: number;
  readonly regionOf: (name: string) => LiveRegion;
}

/** Locks of records as they are: of the vaults where the plan is, and of their copies where those are. */
export async function vaultFindings(plan: RegionPlan, asked: VaultsAsked): Promise<readonly Finding[]> {
  const here = asked.regionOf(plan.region);
  const there = asked.regionOf(plan.copies.region);
  const found = VAULTS.flatMap(({ dataClass, bucket, copy, key, copyKey }) => [
    bucketFindings(plan, asked, { dataClass, bucket, key, region: here }),
    bucketFindings(plan, asked, { dataClass, bucket: copy, key: copyKey, region: there }),
  ]);
  return (await Promise.all(found)).flat();
}

interface Kept {
  readonly dataClass: VaultClass;
  readonly bucket: keyof RegionPlan['names']['buckets'];
  readonly key: keyof RegionPlan['names']['keyAliases'];
  readonly region: LiveRegion;
}

async function bucketFindings(
  { names, retention }: RegionPlan,
  { audited, samples }: VaultsAsked,
  { dataClass, bucket, key: alias, region }: Kept,
): Promise<readonly Finding[]> {
  const reader = new ObjectReader(region);
  const name = names.buckets[bucket];
  const [facts, key] = await Promise.all([reader.bucket(name, samples), reader.keyArn(names.keyAliases[alias])]);
  const place = placeIn(audited, { region: region.region, type: 'AWS::S3::Bucket', name });
  return judgeBucket({ place, retention: retention[dataClass], key, facts });
}
