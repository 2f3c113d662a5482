import { isHere, PACKAGES } from '../../../lab/programs';

/** `describe`, if the programs are installed; in CI they must be, elsewhere the tests are skipped and it is said why. */
export function describeWith(programs: readonly string[], name: string, tests: () => void): void {
  const missing = programs.filter((program) => !isHere(program));
  if (missing.length === 0) return describe(name, tests);
  const install = `apt-get install ${missing.map((program) => PACKAGES[program] ?? program).join(' ')}${missing.includes('asterisk') ? ' && .ci/asterisk' : ''}`;
  if (process.env['CI']) throw new Error(`no ${missing.join(', ')}: ${install}`);
  describe.skip(`${name} (skipped without ${missing.join(', ')}: ${install})`, tests);
}
