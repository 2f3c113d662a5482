import type { Finding, Status } from '../../posture';
import { oneLine } from '../clean';
import { gathered } from '../grouping';
import type { TextOptions } from './findings';
import { statusWord } from './title';

/** What holds because somebody says so: nothing to mend, and an end to watch. */
export const STANDING: ReadonlySet<Status> = new Set(['waived', 'attested']);

/** A line each control: how many, and when the first of them ends. */
export const standingLines = (findings: readonly Finding[], { colour }: TextOptions): string[] =>
  gathered(
    findings.filter(({ status }) => STANDING.has(status)),
    ({ status, control }) => JSON.stringify([status, control]),
  ).flatMap((same) => same.slice(0, 1).map((first) => lineOf(first, same, colour)));

function lineOf({ status, control }: Finding, same: readonly Finding[], colour: boolean): string {
  const [until] = same.flatMap(({ waiver, attestedUntil }) => waiver?.expires ?? attestedUntil ?? []).toSorted();
  const end = until === undefined ? 'without an end' : `until ${oneLine(until)}`;
  const count = String(same.length).padStart(COUNT_WIDTH);
  return `  ${statusWord(status, colour)}${PAD[status] ?? ''} ${count} ${end.padEnd(END_WIDTH)}  ${short(control)}`;
}

const COUNT_WIDTH = 5;
const END_WIDTH = 'until 2027-03-01'.length;

/** Colour codes have a length and no width. */
const PAD: { readonly [S in Status]?: string } = { waived: '  ' };

/** cdk-nag says the pack twice: `AwsSolutions::AwsSolutions-IAM5`. */
const short = (control: string): string => oneLine(control).replace(/^([^:]+)::(?=\1-)/, '');
