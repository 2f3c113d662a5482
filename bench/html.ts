import path from 'node:path';
import { timed } from './cold-run';
import { inTemporaryFolder } from './temporary';

const CHILD = path.join(__dirname, 'children', 'html.ts');

export interface HtmlBench {
  readonly regions: number;
  readonly findings: number;
  readonly megabytes: number;
  /** Median until Chromium has loaded the report and painted a frame after that, milliseconds. */
  readonly openMs: number;
  /** Over a page with a table of all findings and nothing else. */
  readonly bytesOverPlainTable: number;
  readonly openOverPlainTable: number;
}

/** The HTML report of thirty regions in Chromium. */
export const benchHtml = (): HtmlBench =>
  inTemporaryFolder((folder) => {
    const { stdout } = timed(process.execPath, ['--import', 'tsx', CHILD, folder]);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as HtmlBench;
  });
