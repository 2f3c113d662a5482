/**
 * What the kit's own images are built on, by the folder of their Dockerfile. Each Dockerfile names the same in `ARG BASE`,
 * so that it can be built by hand; a deployment gives the digest of the lock file in its place.
 */
export const BASES: Readonly<Record<string, string>> = {
  agent: 'debian:trixie-slim',
  'edge/kamailio': 'debian:trixie-slim',
  'edge/proxy': 'debian:trixie-slim',
  'edge/rtpengine': 'debian:trixie-slim',
  loader: 'debian:trixie-slim',
  recorder: 'debian:trixie-slim',
  roster: 'debian:trixie-slim',
  // Debian stable has no Asterisk.
  server: 'debian:forky-slim',
};
