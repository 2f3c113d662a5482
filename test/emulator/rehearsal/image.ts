import { createHash } from 'node:crypto';
import { BatchGetImageCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import type { Region } from '../assertions/aws';

/** An image that consists of a manifest: enough for a registry to keep it under its tag and digest. */
export interface MadeUpImage {
  readonly manifest: string;
  /** `sha256:…` of the manifest's bytes, which is what a registry names it by (OCI distribution, "Digests"). */
  readonly digest: string;
}

const MEDIA_TYPE = 'application/vnd.oci.image.manifest.v1+json';

/** @param name makes the image another one */
export function madeUpImage(name: string): MadeUpImage {
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(name), size: name.length },
    layers: [],
  });
  return { manifest, digest: digestOf(manifest) };
}

export interface Place {
  readonly region: Region;
  readonly repository: string;
  readonly tag: string;
}

/** Puts an image where a node will look for it. */
export async function push({ manifest, digest }: MadeUpImage, { region, repository, tag }: Place): Promise<void> {
  await region.ecr.send(
    new PutImageCommand({
      repositoryName: repository,
      imageTag: tag,
      imageManifest: manifest,
      imageManifestMediaType: MEDIA_TYPE,
      imageDigest: digest,
    }),
  );
}

/** Whether the registry has it under the digest we locked. */
export async function isThere(digest: string, { region, repository }: Omit<Place, 'tag'>): Promise<boolean> {
  const imageIds = [{ imageDigest: digest }];
  const { images = [] } = await region.ecr.send(new BatchGetImageCommand({ repositoryName: repository, imageIds }));
  return images.length === 1;
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
