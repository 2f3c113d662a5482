import * as fc from 'fast-check';
import { heard, type Spoken } from '../../../media/agent/turn/history';

const clause = fc
  .record({ text: fc.lorem({ maxCount: 8 }).map((text) => `${text}. `), marks: fc.integer({ min: 1, max: 9 }) })
  .map(({ text, marks }) => ({ text, marks }));

const reply = fc.array(clause, { minLength: 1, maxLength: 5 }).map((all): Spoken[] =>
  all.map(({ text, marks }, at) => ({
    text,
    samples: marks * 3_200,
    marks: Array.from({ length: marks }, (_, mark) => ({ id: `${at}.${mark}`, samples: (mark + 1) * 3_200 })),
  })),
);

const idsOf = (spoken: readonly Spoken[]) => spoken.flatMap(({ marks }) => marks.map(({ id }) => id));
const whole = (spoken: readonly Spoken[]) =>
  spoken
    .map(({ text }) => text)
    .join('')
    .trimEnd();

test('what was heard is the beginning of what was said', () => {
  fc.assert(
    fc.property(reply, fc.nat(), (spoken, count) => {
      const ids = idsOf(spoken);
      const said = heard(spoken, new Set(ids.slice(0, count % (ids.length + 1))));
      expect(whole(spoken).startsWith(said)).toBe(true);
    }),
  );
});

test('the further the playout, the more was heard, and at its end all of it', () => {
  fc.assert(
    fc.property(reply, (spoken) => {
      const ids = idsOf(spoken);
      const lengths = ids.map((_, count) => heard(spoken, new Set(ids.slice(0, count + 1))).length);
      expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
      expect(heard(spoken, new Set(ids))).toBe(whole(spoken));
    }),
  );
});

test('a word that was cut was not heard', () => {
  const spoken = [
    {
      text: 'Your appointment is on Tuesday.',
      samples: 1000,
      marks: [
        { id: 'a', samples: 600 },
        { id: 'b', samples: 1000 },
      ],
    },
  ];
  expect(heard(spoken, new Set(['a']))).toBe('Your appointment');
  expect(heard(spoken, new Set())).toBe('');
});
