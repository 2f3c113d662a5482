import { problemOf, renderRegions, reportRegions } from '../../regions/catalog';
import { parse } from '../args';
import type { ExitCode, Io } from '../io';

export const USAGE = [
  'usage: voicecell regions [--gpu TYPE]... [--media TYPE]... [--jurisdiction KEY] [--json]',
  '  --gpu           instance types of inference nodes (default g6e.2xlarge)',
  '  --media         instance types of edge and media nodes (default c7i.2xlarge)',
  '  --jurisdiction  only its regions, such as US or EU (default all)',
].join('\n');

const OPTIONS = {
  gpu: { type: 'string', multiple: true, default: ['g6e.2xlarge'] as string[] },
  media: { type: 'string', multiple: true, default: ['c7i.2xlarge'] as string[] },
  jurisdiction: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Lists the AZ ids that can hold a cell. Exit code 1 when none of the regions asked for can. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parse(args, OPTIONS);
  const usageError = 'error' in parsed ? parsed.error : unexpected(parsed.positionals);
  if (usageError !== undefined || 'error' in parsed) {
    io.err(`${usageError}\n${USAGE}`);
    return 2;
  }
  const problem = problemOf(parsed.values);
  if (problem !== undefined) {
    io.err(problem);
    return 2;
  }
  const report = reportRegions(parsed.values);
  io.out(parsed.values.json ? JSON.stringify(report, undefined, 2) : renderRegions(report));
  return report.regions.some(({ azs }) => azs.some(({ missing }) => missing.length === 0)) ? 0 : 1;
}

const unexpected = ([first]: readonly string[]): string | undefined =>
  first === undefined ? undefined : `got argument ${first}, allowed options only`;
