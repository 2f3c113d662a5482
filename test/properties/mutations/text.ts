/** A mistake that breaks the text before there is any value. */
export interface TextMutation {
  readonly name: string;
  readonly spoil: (text: string) => { readonly text: string; readonly line: number; readonly col: number };
}

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

/** At the end of the file, where `line` and `col` count from the start of what is added. */
const appended = (name: string, addition: string, line = 1, col = 1): TextMutation => ({
  name,
  spoil: (text) => ({ text: `${text.trimEnd()}\n${addition}\n`, line: linesOf(text).length + line, col }),
});

/** In place of the line that begins with these words. */
const replaced = (name: string, start: string, by: string): TextMutation => ({
  name,
  spoil: (text) => {
    const all = linesOf(text);
    const index = all.findIndex((line) => line.startsWith(start));
    return { text: all.with(index, by).join('\n'), line: index + 1, col: 1 };
  },
});

export const TEXT: readonly TextMutation[] = [
  appended('a key written twice', 'purpose: sandbox'),
  appended('an alias without anchor', 'x: *nowhere', 1, 4),
  appended('a merge of what is no block', '<<: 5'),
  appended('a second document', '---\na: 1'),
  appended('a line that is neither key nor value', 'purpose'),
  appended('a quote without end', 'x: "abc', 2),
  appended('a list without end', 'x: [1, 2', 2),
  replaced('a tab as indentation', '  email:', '\temail: ops@example.com'),
  replaced('a line that is indented too far', 'purpose:', '  purpose: sandbox'),
];
