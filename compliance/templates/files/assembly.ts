import path from 'node:path';
import { asString, isRecord } from '../template-set';
import { isFault, type Reader } from './reader';

/** A file to be judged as a stack, and what is known of where it stands. */
export interface StackFile {
  readonly file: string;
  readonly name: string;
  readonly region?: string;
  readonly account?: string;
  /** Notes of the CDK on where constructs were made: in the manifest, or in a file. */
  readonly metadata?: unknown;
}

/** Stacks of a CDK assembly, of those within it too; undefined where the folder is none. */
export function stacksOfAssembly(reader: Reader, folder: string): readonly StackFile[] | undefined {
  const artifacts = jsonIn(reader, path.join(folder, 'manifest.json'))?.['artifacts'];
  if (!isRecord(artifacts)) return undefined;
  const found = Object.entries(artifacts).map(([id, artifact]) => artifactIn(reader, folder, id, artifact));
  return found.some((stacks) => stacks !== undefined) ? found.flatMap((stacks) => stacks ?? []) : undefined;
}

function artifactIn(reader: Reader, folder: string, id: string, artifact: unknown): readonly StackFile[] | undefined {
  if (!isRecord(artifact) || !isRecord(artifact['properties'])) return undefined;
  const { type, properties, displayName, environment, metadata, additionalMetadataFile } = artifact;
  const nested = below(folder, properties['directoryName']);
  if (type === 'cdk:cloud-assembly' && nested) return stacksOfAssembly(reader, nested);
  const file = below(folder, properties['templateFile']);
  if (type !== 'aws:cloudformation:stack' || !file) return undefined;
  const notes = below(folder, additionalMetadataFile) ?? metadata;
  return [{ file, name: asString(displayName) ?? id, ...placeIn(environment), ...(notes ? { metadata: notes } : {}) }];
}

/** A manifest that leads out of its own folder leads nowhere. */
function below(folder: string, name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') return undefined;
  const whole = path.resolve(folder, name);
  return whole.startsWith(folder + path.sep) ? whole : undefined;
}

/** `aws://123456789012/us-east-1`; the CDK names what is not known `unknown-…`. */
function placeIn(environment: unknown): Pick<StackFile, 'region' | 'account'> {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(asString(environment) ?? '') ?? [];
  return {
    ...(region && !region.startsWith('unknown-') ? { region } : {}),
    ...(account && !account.startsWith('unknown-') ? { account } : {}),
  };
}

/** A file of JSON that is a block; anything else is none. */
export function jsonIn(reader: Reader, file: string): Readonly<Record<string, unknown>> | undefined {
  const source = reader.read(file);
  if (isFault(source)) return undefined;
  try {
    const value: unknown = JSON.parse(source.text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
