import { execFileSync } from 'node:child_process';

/** `describe` of what needs Python; without it that is skipped, but not in CI. */
export function describeWithPython(what: string): jest.Describe {
  if (hasPython() || process.env['CI'] === 'true') return describe;
  process.stderr.write(`${what} is not tested: there is no python3 here\n`);
  return describe.skip;
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
