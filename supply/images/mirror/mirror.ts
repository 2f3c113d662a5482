import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyImage, RegistryError } from '../skopeo';
import type { Mirrored } from './plan';
import type { Found, RegionRegistry, SignedIn } from './registry';

/** What came of one image. */
export interface Result {
  readonly image: Mirrored;
  readonly state: 'there' | 'copied' | 'wanted' | 'failed';
  /** Why it failed, in one line. */
  readonly why?: string;
}

export interface MirrorProps {
  readonly registry: RegionRegistry;
  readonly region: string;
  /** Nothing is copied. */
  readonly dryRun: boolean;
}

/** Puts each image into the region's registry that is not there yet; what was copied is looked for again. */
export async function mirrorImages(images: readonly Mirrored[], props: MirrorProps): Promise<Result[]> {
  const found: { readonly image: Mirrored; readonly found: Found }[] = [];
  for (const image of images) found.push({ image, found: await props.registry.find(props.region, image) });
  const absent = found.some((one) => one.found.state === 'absent') && !props.dryRun;
  return withCredentials(absent ? await props.registry.signIn(props.region) : undefined, async (signedIn) => {
    const results: Result[] = [];
    for (const one of found) results.push(await resultOf(one.image, one.found, { ...props, signedIn }));
    return results;
  });
}

interface Destination {
  readonly host: string;
  readonly authFile: string;
}

type Props = MirrorProps & { readonly signedIn: Destination | undefined };

async function resultOf(image: Mirrored, found: Found, props: Props): Promise<Result> {
  const failed = (why: string): Result => ({ image, state: 'failed', why });
  if (found.state === 'there') return { image, state: 'there' };
  if (found.state === 'no repository')
    return failed(`no repository ${image.repository}; run voicecell deploy <deployment> --foundations`);
  if (found.state === 'taken')
    return failed(`tag ${image.tag} of ${image.repository} is ${found.by} and cannot be moved; delete that image`);
  return props.signedIn ? copied(image, props, props.signedIn) : { image, state: 'wanted' };
}

async function copied(image: Mirrored, { registry, region }: Props, { host, authFile }: Destination): Promise<Result> {
  const { source, digest, repository, tag } = image;
  try {
    await copyImage({ source: { ...source, digest }, destination: { registry: host, repository, tag }, authFile });
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return { image, state: 'failed', why: error.message };
  }
  const after = await registry.find(region, image);
  if (after.state === 'there') return { image, state: 'copied' };
  return { image, state: 'failed', why: 'the copy ended well and ECR does not have the digest; run this again' };
}

/** A file that only its owner reads, gone when the work is done, whatever comes of it. */
async function withCredentials<T>(
  signedIn: SignedIn | undefined,
  work: (destination: Destination | undefined) => Promise<T>,
): Promise<T> {
  if (!signedIn) return work(undefined);
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-mirror-'));
  const authFile = path.join(folder, 'auth.json');
  try {
    const auths = { [signedIn.registry]: { auth: signedIn.auth } };
    writeFileSync(authFile, JSON.stringify({ auths }), { mode: 0o600 });
    return await work({ host: signedIn.registry, authFile });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
