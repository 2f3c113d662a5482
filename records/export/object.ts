import type { RegionPlan } from '../../regions/plan/types';
import type { CallItem, StoredItem } from '../../media/contract/ledger';
import { Refused, whyNot } from '../outside';
import { notOurs, placesOf } from '../vault/places';
import type { Vault } from '../vault/vault';
import type { Custody } from './custody';
import type { Folder } from './folder';
import type { Content, Exported, Fetched } from './model';
import { contentProblems, fileOf, lockProblems, stateOf } from './state';

export interface ObjectExportProps {
  readonly plan: RegionPlan;
  readonly vault: Vault;
  readonly folder: Folder;
  readonly custody: Custody;
  /** ARN of the role session. */
  readonly by: string;
  readonly now: () => Date;
}

/** Brings one version of an object, with all that S3 says of it. What is against it is told, and keeps no other from coming. */
export async function exportObject(props: ObjectExportProps, call: CallItem, stored: StoredItem): Promise<Exported> {
  const { callId, item, bucket, key, versionId, contentType, bytes, sha256 } = stored;
  const about = { callId, item, bucket, key, versionId, contentType, expected: { bytes, sha256 } };
  if (!placesOf(props.plan, stored)) return { ...about, problems: [notOurs(stored)] };
  try {
    const state = stateOf(await props.vault.head(stored));
    const { file, found, fetched } = await bring(props, stored);
    const problems = [...contentProblems(about.expected, found, state), ...lockProblems(call, state)];
    return { ...about, file, found, state, ...(fetched ? { fetched } : {}), problems };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ...about, problems: [error.message] };
  }
}

interface Brought {
  readonly file: string;
  readonly found: Content;
  readonly fetched?: Fetched;
}

/** What an earlier run brought whole is not brought again. */
async function bring(
  { plan, vault, folder, custody, by, now }: ObjectExportProps,
  stored: StoredItem,
): Promise<Brought> {
  const file = fileOf(plan.region, stored);
  const there = await folder.contentOf(file);
  if (there?.sha256 === stored.sha256) {
    const earlier = custody.whoFetched(file, there.sha256);
    if (earlier) return { file, found: there, fetched: earlier };
  }
  const { body, request } = await vault.open(stored);
  const found = await folder.receive(file, body).catch((error: unknown) => {
    throw new Refused(whyNot(error, 's3:GetObjectVersion', plan.region), { cause: error });
  });
  const fetched = { at: now().toISOString(), by, ...request };
  custody.fetched(file, found.sha256, fetched);
  return { file, found, fetched };
}
