import type { DeploymentConfig } from '../../../regions/config/schema';
import type { Draw } from '../config/draw';
import type { Wishes } from '../config/deployment';

/** Keys and list positions from the root of the file. */
export type Path = readonly (string | number)[];

/** One mistake, made in a valid deployment. */
export interface Mutation {
  /** Completes "a deployment with …". */
  readonly name: string;
  /** What the deployment must be for the mistake to be one. */
  readonly wishes?: Wishes;
  /** Makes the mistake in a copy, and says where the problem must point. */
  readonly make: (config: Loose, place: Place) => Spot;
}

/** Where the problem must stand: at a value, at its key, or, where nothing stands, at the block that lacks it. */
export interface Spot {
  readonly path: Path;
  readonly at?: 'value' | 'key' | 'block';
}

/** A value drawn for the mistake, and the region it is made in. */
export interface Place {
  readonly g: Draw;
  readonly region: string;
  readonly config: DeploymentConfig;
}

/** A config that may become anything. */
export interface Loose {
  [key: string]: unknown;
}

export function put(config: Loose, path: Path, value: unknown): Spot {
  const [parent, key] = parentOf(config, path);
  parent[key] = value;
  return { path };
}

export function remove(config: Loose, path: Path): Spot {
  const [parent, key] = parentOf(config, path);
  delete parent[key];
  return { path, at: 'block' };
}

function parentOf(config: Loose, path: Path): [Loose, string] {
  const parent = path.slice(0, -1).reduce<Loose>((node, step) => node[step] as Loose, config);
  return [parent, String(path.at(-1))];
}

export const inRegion = ({ region }: Place, ...path: Path): Path => ['regions', region, ...path];

/** A path inside whatever region the mistake is made in. */
export const at =
  (...path: Path) =>
  (place: Place): Path =>
    inRegion(place, ...path);

/** A mistake that is one value in place of another. */
export const wrong = (
  name: string,
  path: Path | ((place: Place) => Path),
  value: unknown,
  wishes: Wishes = {},
): Mutation => ({
  name,
  wishes,
  make: (config, place) =>
    put(config, typeof path === 'function' ? path(place) : path, typeof value === 'function' ? value(place) : value),
});

/** A setting that is missing. */
export const lacking = (name: string, path: Path | ((place: Place) => Path), wishes: Wishes = {}): Mutation => ({
  name,
  wishes,
  make: (config, place) => remove(config, typeof path === 'function' ? path(place) : path),
});

/** The same mistake, whose problem lies further inside the value. */
export const inside = ({ make, ...rest }: Mutation, ...tail: Path): Mutation => ({
  ...rest,
  make: (config, place) => {
    const { path } = make(config, place);
    return { path: [...path, ...tail] };
  },
});
