import type { RegionPlan } from '../../regions/plan/types';
import { atOnce } from '../at-once';
import type { StoredItem } from '../../media/contract/ledger';
import { Refused } from '../outside';
import { notOurs, placesOf } from '../vault/places';
import type { Vault } from '../vault/vault';

/** What became of the legal hold on one version, or why it could not be set. */
export interface ObjectResult {
  readonly place: 'vault' | 'copy';
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly state: 'on' | 'off' | 'failed';
  readonly why?: string;
}

export type Status = 'ON' | 'OFF';

/** What holding needs of a vault. */
export type HoldVault = Pick<Vault, 'versionsOf' | 'hold'>;

export interface HoldObjectsProps {
  readonly plan: RegionPlan;
  readonly vaultIn: (region: string) => HoldVault;
}

/** Objects of a call that are worked on at once. */
const OBJECTS = 4;

/** Sets the legal hold of every version of the objects, in the vault and in its copy. */
export async function setHolds(
  props: HoldObjectsProps,
  objects: readonly StoredItem[],
  status: Status,
): Promise<ObjectResult[]> {
  return (await atOnce(OBJECTS, objects, (stored) => setHold(props, stored, status))).flat();
}

async function setHold(
  { plan, vaultIn }: HoldObjectsProps,
  stored: StoredItem,
  status: Status,
): Promise<ObjectResult[]> {
  const places = placesOf(plan, stored);
  if (!places) return [failed('vault', stored, stored.bucket, notOurs(stored))];
  const { bucket, copy } = places;
  return [
    ...(await setIn({ place: 'vault', bucket, vault: vaultIn(plan.region) }, stored, status)),
    ...(await setIn({ place: 'copy', bucket: copy.bucket, vault: vaultIn(copy.region) }, stored, status)),
  ];
}

interface Where {
  readonly place: ObjectResult['place'];
  readonly bucket: string;
  readonly vault: HoldVault;
}

/** A lock protects a version, and a key may have more than the one that the ledger names. */
async function setIn({ place, bucket, vault }: Where, stored: StoredItem, status: Status): Promise<ObjectResult[]> {
  const { key } = stored;
  try {
    const versions = await vault.versionsOf(bucket, key);
    const results: ObjectResult[] = versions.includes(stored.versionId)
      ? []
      : [failed(place, stored, bucket, NOT_THERE[place])];
    for (const versionId of versions)
      results.push(await setOne({ place, bucket, vault }, { ...stored, versionId }, status));
    return results;
  } catch (error) {
    return [failed(place, stored, bucket, wordsOf(error))];
  }
}

async function setOne({ place, bucket, vault }: Where, stored: StoredItem, status: Status): Promise<ObjectResult> {
  const { key, versionId } = stored;
  try {
    await vault.hold({ bucket, key, versionId }, status);
    return { place, bucket, key, versionId, state: status === 'ON' ? 'on' : 'off' };
  } catch (error) {
    return failed(place, stored, bucket, wordsOf(error));
  }
}

const NOT_THERE: Readonly<Record<ObjectResult['place'], string>> = {
  vault: 'the version that the ledger names is not there',
  copy: 'the version that the ledger names is not there; it may not have been copied yet: run this again',
};

const failed = (
  place: ObjectResult['place'],
  { key, versionId }: StoredItem,
  bucket: string,
  why: string,
): ObjectResult => ({ place, bucket, key, versionId, state: 'failed', why });

function wordsOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  throw error;
}
