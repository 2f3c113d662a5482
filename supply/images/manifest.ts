import { createHash } from 'node:crypto';
import { z } from 'zod';

const platform = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() });

/** An image index, or Docker's manifest list (OCI image spec, `image-index.md`). */
const index = z.object({
  manifests: z.array(z.object({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), platform: platform.optional() })),
});

const single = z.object({ config: z.object({ digest: z.string() }) });

/** The digest to lock, or why there is none. */
export type Chosen = { readonly ok: true; readonly digest: string } | { readonly ok: false; readonly why: string };

/** What cells run: all node types of the catalogue are x86-64. */
const WANTED = 'linux/amd64';

/**
 * Digest of the image for linux/amd64 out of the bytes of a manifest: of the entry when it is an index, of the bytes when it
 * is one image. An index is not locked itself: it may gain platforms, and a mirror of one platform has another digest.
 */
export function choose(manifest: Buffer): Chosen {
  const parsed = parsedJson(manifest);
  const listed = index.safeParse(parsed);
  if (listed.success) return chooseFrom(listed.data.manifests);
  if (single.safeParse(parsed).success) return { ok: true, digest: sha256(manifest) };
  return { ok: false, why: 'the registry answered with what is no image manifest' };
}

function chooseFrom(manifests: z.infer<typeof index>['manifests']): Chosen {
  const found = manifests.find(({ platform: of }) => of && `${of.os}/${of.architecture}` === WANTED);
  if (found) return { ok: true, digest: found.digest };
  const offered = manifests.map(({ platform: of }) => (of ? `${of.os}/${of.architecture}` : 'unknown'));
  return { ok: false, why: `there is no ${WANTED} image, only ${[...new Set(offered)].join(', ') || 'none'}` };
}

export const sha256 = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function parsedJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
