import * as fc from 'fast-check';
import { ClauseSplitter, words } from '../../../media/agent/turn/clauses';

function split(tokens: readonly string[]): string[] {
  const splitter = new ClauseSplitter();
  const clauses = tokens.flatMap((token) => splitter.push(token));
  return [...clauses, ...splitter.rest()];
}

const tokens = fc.array(
  fc.oneof(fc.string(), fc.constantFrom(' word', ',', '. ', '! ', '\n', ' 3.5', ' Dr.', '。', '你好', '…', ' ')),
);

test('what is spoken is what was written, whatever the pieces', () => {
  fc.assert(fc.property(tokens, (all) => expect(split(all).join('')).toBe(all.join(''))));
});

test('the pieces of a stream do not change the clauses much: only a stop at the very end of a piece waits', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(' one', ' two', ',', '.', ' three'), { maxLength: 30 }), (all) => {
      expect(split(all).length).toBeGreaterThanOrEqual(split([all.join('')]).length);
    }),
  );
});

test('a first clause has three words at least, unless there are no more', () => {
  fc.assert(
    fc.property(tokens, (all) => {
      const [first = '', ...rest] = split(all);
      expect(rest.length === 0 || words(first) >= 3).toBe(true);
    }),
  );
});

test.each([
  [
    'the first clause goes at its comma',
    'Yes, of course, I can do that. When?',
    ['Yes, of course, ', 'I can do that. ', 'When?'],
  ],
  [
    'later ones go sentence by sentence',
    'One two three. Four, five, six. Seven',
    ['One two three. ', 'Four, five, six. ', 'Seven'],
  ],
  [
    'a number is not cut at its point',
    'It costs about 3.50 euros, I think.',
    ['It costs about 3.50 euros, ', 'I think.'],
  ],
  ['a first clause without an end is cut after ten words', 'a b c d e f g h i j k l', ['a b c d e f g h i j ', 'k l']],
  [
    'writing without spaces is cut at its own stops',
    '我可以帮助您预约时间。请问您哪天方便？',
    ['我可以帮助您预约时间。', '请问您哪天方便？'],
  ],
])('%s', (_, text, clauses) => {
  expect(split(text.match(/\s*\S/gu) ?? [])).toEqual(clauses);
});
