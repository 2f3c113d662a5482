import { latest, type Change, type PostureDiff } from '../../diff';
import { STATUSES } from '../../posture';
import { oneLine } from '../clean';
import { foundText, placeText, STATUS_WORDS } from '../words';
import { differences, statusChange } from './words';

/** By which a job finds its comment of the last run, to write it anew instead of another. */
export const COMMENT_MARK = '<!-- voicecell posture -->';

/** A comment on GitHub holds 65,536 characters, and the templates' changes want room in it, too: of more changes fewer are shown. */
const LONGEST_COMMENT = 40_000;
const MOST_ROWS = [40, 20, 10, 5, 0] as const;

/** What changed since a baseline, as a comment on a pull request. Pure. */
export function diffMarkdown(diff: PostureDiff): string {
  const rows = MOST_ROWS.find((most) => commentOf(diff, most).length <= LONGEST_COMMENT);
  return commentOf(diff, rows ?? 0);
}

function commentOf(diff: PostureDiff, rows: number): string {
  const { worse, better, changed, added, removed, same } = diff;
  return [
    COMMENT_MARK,
    `### Posture: ${verdict(diff)}`,
    '',
    ...differences(diff).map((one) => `> ${code(one)}\n`),
    summaryTable(diff),
    '',
    ...table('Worse', worse, rows),
    ...folded('Better', better, rows),
    ...folded('On other grounds', changed, rows),
    `${added.length} new, ${removed.length} gone, ${same} the same.`,
  ].join('\n');
}

const verdict = ({ worse, better }: PostureDiff): string =>
  worse.length + better.length === 0
    ? 'nothing worse, nothing better'
    : `${worse.length} worse, ${better.length} better`;

const summaryTable = ({ before, after }: PostureDiff): string =>
  [
    '| | before | now |',
    '| --- | ---: | ---: |',
    ...STATUSES.map((status) => `| ${STATUS_WORDS[status]} | ${before.summary[status]} | ${after.summary[status]} |`),
  ].join('\n');

/** Of what stands in a row. */
const LONGEST = 200;

const folded = (title: string, changes: readonly Change[], rows: number): string[] =>
  changes.length === 0
    ? []
    : [`<details><summary>${title}: ${changes.length}</summary>`, '', ...table(title, changes, rows), '</details>', ''];

function table(title: string, changes: readonly Change[], rows: number): string[] {
  if (changes.length === 0) return [];
  const rest = changes.length - rows;
  return [
    `**${title}**`,
    '',
    '| control | | where | found |',
    '| --- | --- | --- | --- |',
    ...changes.slice(0, rows).map(row),
    ...(rest > 0 ? ['', `and ${rest} more`] : []),
    '',
  ];
}

function row(change: Change): string {
  const finding = latest(change);
  return `| ${code(finding.control)} | ${statusChange(change)} | ${code(placeText(finding))} | ${code(foundText(finding))} |`;
}

/**
 * Text of strangers as code. Every character that could mean something to Markdown, to HTML or to GitHub (`@name`, `#12`) is
 * written as an entity, which never does.
 */
const code = (text: string): string =>
  `<code>${shortened(oneLine(text)).replaceAll(/[^\p{L}\p{N} ,/-]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`)}</code>`;

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
