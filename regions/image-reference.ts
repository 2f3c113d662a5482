/** An image as docker names it, with what docker leaves out filled in. */
export interface Reference {
  /** Host of the registry, with its port where it has one: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  readonly registry: string;
  /** Path in the registry, with `library/` for Docker's own images. */
  readonly repository: string;
  readonly tag: string;
}

const PART = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';
/** What tells a host from the first part of a path is a dot, a port, or being `localhost`. */
const HOST = '(?:localhost|[A-Za-z0-9][A-Za-z0-9-]*(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9][A-Za-z0-9-]*(?=:))(?::\\d{1,5})?';
/** Grammar of references, without digests: distribution/reference, `reference.go`. */
export const IMAGE_WITH_TAG = new RegExp(`^(?=.{3,255}$)(?:(${HOST})/)?(${PART}(?:/${PART})*):(\\w[\\w.-]{0,127})$`);

export const ALLOWED_REFERENCE = 'an image with its tag such as ghcr.io/owner/name:1.2.3';

/** Undefined for what is no image with a tag: nothing else is handed to a tool. */
export function parseReference(text: string): Reference | undefined {
  const [, host, path, tag] = IMAGE_WITH_TAG.exec(text) ?? [];
  if (path === undefined || tag === undefined) return undefined;
  const registry = host ?? 'docker.io';
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  return { registry, repository, tag };
}

/** Registries on the machine itself speak plain HTTP; every other one must prove who it is. */
export const isLoopback = (registry: string): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(registry);
