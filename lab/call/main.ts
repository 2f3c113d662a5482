import { end } from '../cleanup';
import { missing } from './needs';
import { callReport } from './report';
import { spokenCall } from './run';

/** What stops an interrupted call is no failure of it. */
let interrupted = false;

/** `npm run call`: a whole cell on loopback, one spoken call, and what came of it. */
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const lacks = missing();
  if (lacks.length > 0) {
    process.stderr.write(`${lacks.join('\n')}\n`);
    return 2;
  }
  try {
    const report = await spokenCall(print);
    await end();
    print(`\n${callReport(report)}`);
    return 0;
  } catch (error) {
    if (!interrupted)
      process.stderr.write(`the call failed: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await end();
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => {
    interrupted = true;
    void end().finally(() => process.exit(code));
  });

void main().then((code) => {
  if (!interrupted) process.exit(code);
});
