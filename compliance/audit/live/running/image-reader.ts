import { BatchGetImageCommand, ECRClient, type Image } from '@aws-sdk/client-ecr';
import { mapAnswer } from '../../../../aws/answer';
import { answering } from '../../../../aws/errors';
import { clientConfig } from '../../../../aws/reader';
import { asList, isRecord } from '../../../templates/template-set';
import type { LiveRegion } from '../reading';
import { chunks, every, unique } from './answers';
import type { RegionFacts } from './facts';

export const IMAGE_ACTIONS = ['ecr:BatchGetImage'] as const;

/** An image as its template names it. */
export interface TaggedImage {
  readonly repository: string;
  readonly tag: string;
}

/** Images that may be asked for at once (ECR API reference, BatchGetImage). */
const AT_ONCE = 100;

/** Digests by which a node may name the images of these tags: of the image, and of what an index lists. */
export async function digestsOf(images: readonly TaggedImage[], region: LiveRegion): Promise<RegionFacts['images']> {
  const ecr = new ECRClient(clientConfig(region));
  const pages = unique(images.map(({ repository }) => repository)).flatMap((repositoryName) => {
    const tags = unique(images.filter(({ repository }) => repository === repositoryName).map(({ tag }) => tag));
    return chunks(tags, AT_ONCE).map((page) =>
      region.ask('ecr:BatchGetImage', async (abortSignal) => {
        const imageIds = page.map((imageTag) => ({ imageTag }));
        const { images: found = [] } = await ecr
          .send(new BatchGetImageCommand({ repositoryName, imageIds }), { abortSignal })
          .catch(answering({ images: [] }, 'RepositoryNotFoundException'));
        return found.map((image) => [`${repositoryName}:${image.imageId?.imageTag ?? ''}`, namesOf(image)] as const);
      }),
    );
  });
  return mapAnswer(every(await Promise.all(pages)), (found) => new Map(found.flat()));
}

function namesOf({ imageId, imageManifest }: Image): readonly string[] {
  return [imageId?.imageDigest ?? [], listedIn(imageManifest)].flat();
}

function listedIn(manifest = '{}'): readonly string[] {
  const parsed = parsedJson(manifest);
  const listed = isRecord(parsed) ? asList(parsed['manifests']) : [];
  return listed.flatMap((entry) => (isRecord(entry) && typeof entry['digest'] === 'string' ? [entry['digest']] : []));
}

/** A registry keeps what was pushed, whatever it is. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
