import { hang } from '../../../regions/wrap';
import type { EmulatorReport, Limit } from '..';

export interface Result {
  readonly made: number;
  readonly failed: number;
  readonly seconds: number;
  /** Of them, bootstrap, first deployment and its assertions. */
  readonly lapSeconds: number;
}

/** What nobody may read into a rehearsal that held. */
const LIMITS: readonly string[] = [
  'No evidence that records cannot be changed: the emulated Object Lock lets a COMPLIANCE lock be shortened, and nothing is ' +
    'copied to the second region. What is shown is that the planned lock, policies and replication are configured.',
  'IAM is not enforced and conditions of bucket policies are not evaluated: policies are compared as text. Access logs are ' +
    'configured without S3 asking whether their target lets them in.',
  'No instance boots and no task runs: images are made-up manifests, capacity is never short, health is never asked.',
  'Quotas, time, eventual consistency, roll-back of updates and import of resources that were retained are not those of AWS.',
];

/** What the run was not, then what it was. */
export const renderEnding = ({ notModelled, copied }: EmulatorReport, result: Result): string =>
  [
    '',
    'not modelled: in a template, but nowhere in the emulated account',
    ...listed(notModelled),
    '',
    'copied: put where the API shows it by the emulator, not by its service',
    ...listed(copied),
    '',
    'what this does not show',
    ...LIMITS.flatMap((limit) => hang('  - ', limit)),
    '',
    conclusion(result),
  ].join('\n');

const listed = (limits: readonly Limit[]): string[] =>
  limits.length === 0
    ? ['  nothing']
    : limits.flatMap(({ type, what, why, times }) => hang('  ', `${type} ${what} (${times}): ${why}`));

function conclusion({ made, failed, seconds, lapSeconds }: Result): string {
  const held = failed === 0 ? `all ${made} assertions hold` : `${failed} of ${made} assertions do not hold`;
  const lap = `bootstrap, first deployment and its assertions ${lapSeconds.toFixed(0)} s`;
  return `${held}\n${lap}, all of it ${seconds.toFixed(0)} s`;
}
