import { spawnSync } from 'node:child_process';
import { dockerfiles, packagesOf } from '../support/dockerfile';
import { describeWith } from './support/programs';

/** What mmdebstrap needs for the suite, and what it says of the packages: nothing is unpacked. */
const simulate = (suite: string, packages: readonly string[]) =>
  spawnSync(
    'mmdebstrap',
    ['--simulate', '--quiet', '--variant=apt', `--include=${packages.join(',')}`, suite, '/dev/null'],
    {
      encoding: 'utf8',
      timeout: 240_000,
    },
  );

describeWith(['mmdebstrap'], 'the packages of the images', () => {
  const stable = dockerfiles().filter(({ steps }) => steps[0]?.rest === 'BASE=debian:trixie-slim');

  test('are all in the Debian that they are built on, and can be installed together', () => {
    const packages = [...new Set(stable.flatMap(packagesOf))].toSorted();
    expect(packages).toContain('kamailio');
    const { status, stderr } = simulate('trixie', packages);
    expect({ status, stderr: status === 0 ? '' : stderr.slice(-1_000) }).toEqual({ status: 0, stderr: '' });
  }, 250_000);
});
