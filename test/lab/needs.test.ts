import { missing } from '../../lab/call/needs';

describe('what a machine lacks for a call', () => {
  test('nothing, where all is there', () => {
    expect(
      missing(
        () => true,
        () => true,
      ),
    ).toEqual([]);
  });

  test('one line a program, each with the package to install', () => {
    const has = (program: string) => !['rtpengine', 'asterisk'].includes(program);
    expect(missing(has, (file) => !file.includes('dist-packages'))).toEqual([
      'no rtpengine: apt-get install rtpengine-daemon',
      'no asterisk: apt-get install mmdebstrap && .ci/asterisk',
      'no PocketSphinx for Python: apt-get install python3-pocketsphinx',
    ]);
  });
});
