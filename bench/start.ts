import { median, rounded, timed } from './cold-run';
import { inTemporaryFolder } from './temporary';

const RUNS = 3;

export interface Start {
  /** Median wall time of `npm start` on the shipped deployments, seconds. */
  readonly seconds: number;
  /** Median wall time of `cdk synth` of the same app through the CDK CLI, seconds. */
  readonly cdkSynthSeconds: number;
  /** The first over the second. */
  readonly ratio: number;
}

/** What a person waits for on a fresh clone, beside the same app through the CDK's own CLI; the two take turns. */
export function startTime(): Start {
  const ours: number[] = [];
  const peers: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    peers.push(inTemporaryFolder((out) => timed('npx', ['cdk', 'synth', '--quiet', '--output', out]).wallMs));
    ours.push(inTemporaryFolder((out) => timed('npm', ['start', '--silent', '--', '--out', out]).wallMs));
  }
  const [start, peer] = [median(ours), median(peers)];
  return { seconds: rounded(start / 1000, 1), cdkSynthSeconds: rounded(peer / 1000, 1), ratio: rounded(start / peer) };
}
