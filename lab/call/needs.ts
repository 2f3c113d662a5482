import { statSync } from 'node:fs';
import { isHere, PACKAGES } from '../programs';

const MODEL = '/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict';
const RECOGNISER = '/usr/lib/python3/dist-packages/pocketsphinx';
const PROGRAMS = ['kamailio', 'rtpengine', 'asterisk', 'sipp', 'flite', 'espeak-ng', 'sox'];
const is = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;

/** A line for each program that a call needs and this machine lacks. */
export function missing(has: (program: string) => boolean = isHere, hasFile: (file: string) => boolean = is): string[] {
  const files = [
    { what: 'PocketSphinx for Python', file: RECOGNISER, from: 'python3-pocketsphinx' },
    { what: 'its English model', file: MODEL, from: 'pocketsphinx-en-us' },
  ];
  return [
    ...PROGRAMS.filter((program) => !has(program)).map((program) => `no ${program}: ${remedy(program)}`),
    ...files.filter(({ file }) => !hasFile(file)).map(({ what, from }) => `no ${what}: apt-get install ${from}`),
  ];
}

const remedy = (program: string): string =>
  `apt-get install ${PACKAGES[program] ?? program}${program === 'asterisk' ? ' && .ci/asterisk' : ''}`;
