import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';

/** A template as it was synthesised. */
export interface SynthesisedStack {
  readonly name: string;
  readonly region: string;
  readonly templateFile: string;
}

/** Place of an image that the kit builds itself. */
export interface OwnImage {
  readonly region: string;
  readonly repository: string;
  readonly tag: string;
}

export const stacksIn = (directory: string): SynthesisedStack[] =>
  artifactsIn(directory).map(({ stackName, environment, templateFullPath }) => ({
    name: stackName,
    region: environment.region,
    templateFile: templateFullPath,
  }));

interface AssetManifest {
  readonly dockerImages?: Readonly<Record<string, { readonly destinations: Readonly<Record<string, Destination>> }>>;
}

interface Destination {
  readonly repositoryName: string;
  readonly imageTag: string;
  readonly region: string;
}

/** Every image that a stack takes from the bootstrap's repository, once, though stacks may share it. */
export function ownImagesIn(directory: string): OwnImage[] {
  const stages = new Set(artifactsIn(directory).map(({ assembly }) => assembly.directory));
  const images = [...stages].flatMap(imagesOf);
  return [...new Map(images.map((image) => [`${image.region}/${image.repository}:${image.tag}`, image])).values()];
}

function imagesOf(stage: string): OwnImage[] {
  const manifests = readdirSync(stage).filter((file) => file.endsWith('.assets.json'));
  return manifests
    .map((file) => JSON.parse(readFileSync(path.join(stage, file), 'utf8')) as AssetManifest)
    .flatMap(({ dockerImages = {} }) => Object.values(dockerImages))
    .flatMap(({ destinations }) => Object.values(destinations))
    .map(({ region, repositoryName, imageTag }) => ({ region, repository: repositoryName, tag: imageTag }));
}

const artifactsIn = (directory: string): readonly CloudFormationStackArtifact[] =>
  new CloudAssembly(directory).stacksRecursively;
