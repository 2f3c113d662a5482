import { isFound } from './chromium';

const isNeeded = process.env['CI'] === 'true';

if (!isFound && !isNeeded)
  process.stderr.write('tests in a browser are skipped: apt-get install chromium, or name one in CHROMIUM\n');

/** Tests in a real Chromium run where one is found, and under CI always. */
export const withBrowser = isFound || isNeeded ? describe : describe.skip;
