import { spawnSync } from 'node:child_process';

/** Debian package of each program the calls need. */
const PACKAGES: Readonly<Record<string, string>> = {
  // Debian stable has none: a script unpacks the next Debian's.
  asterisk: 'mmdebstrap',
  flite: 'flite',
  kamailio: 'kamailio kamailio-extra-modules kamailio-tls-modules',
  openssl: 'openssl',
  python3: 'python3',
  rtpengine: 'rtpengine-daemon',
  sipp: 'sip-tester',
};

const isHere = (program: string): boolean =>
  spawnSync('sh', ['-c', 'command -v -- "$0"', program], { stdio: 'ignore' }).status === 0;

/** `describe`, if the programs are installed; in CI they must be, elsewhere the tests are skipped and it is said why. */
export function describeWith(programs: readonly string[], name: string, tests: () => void): void {
  const missing = programs.filter((program) => !isHere(program));
  if (missing.length === 0) return describe(name, tests);
  const install = `apt-get install ${missing.map((program) => PACKAGES[program] ?? program).join(' ')}${missing.includes('asterisk') ? ' && .ci/asterisk' : ''}`;
  if (process.env['CI']) throw new Error(`no ${missing.join(', ')}: ${install}`);
  describe.skip(`${name} (skipped without ${missing.join(', ')}: ${install})`, tests);
}
