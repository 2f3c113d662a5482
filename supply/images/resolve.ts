import { parseReference } from '../../regions/image-reference';
import type { Answer } from './decide';
import { choose, type Chosen } from './manifest';
import { rawManifest, RegistryError } from './skopeo';

/** Asks the registry of each reference; what it does not say is an answer too. */
export async function resolve(references: readonly string[]): Promise<Answer[]> {
  return Promise.all(references.map(async (reference) => ({ reference, chosen: await chosenFor(reference) })));
}

async function chosenFor(reference: string): Promise<Chosen> {
  const parsed = parseReference(reference);
  if (!parsed) return { ok: false, why: 'that is no image with a tag' };
  try {
    return choose(await rawManifest(parsed));
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return { ok: false, why: error.message };
  }
}
