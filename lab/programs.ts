import { spawnSync } from 'node:child_process';

/** Debian package of each program that calls need. */
export const PACKAGES: Readonly<Record<string, string>> = {
  // Debian stable has none: a script unpacks the next Debian's.
  asterisk: 'mmdebstrap',
  'espeak-ng': 'espeak-ng',
  flite: 'flite',
  kamailio: 'kamailio kamailio-extra-modules kamailio-tls-modules',
  openssl: 'openssl',
  python3: 'python3',
  rtpengine: 'rtpengine-daemon',
  sipp: 'sip-tester',
  sox: 'sox',
};

export const isHere = (program: string): boolean =>
  spawnSync('sh', ['-c', 'command -v -- "$0"', program], { stdio: 'ignore' }).status === 0;
