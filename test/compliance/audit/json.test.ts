import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import type { z } from 'zod';
import { isSealed } from '../../../compliance/audit/assess';
import committedSchema from '../../../compliance/audit/posture.schema.json';
import type { Posture } from '../../../compliance/audit/posture';
import { postureSchemaJson, type postureSchema } from '../../../compliance/audit/posture-schema';
import { readPosture } from '../../../compliance/audit/read-posture';
import { jsonReport } from '../../../compliance/audit/reporters/json';
import { finding, postureOf, WAIVER } from '../../support/findings';
import { kitPosture } from '../../support/postures';

/** Every property required, with `undefined` where it was optional: else a field that only one of two knows is none. */
type Spelled<T> = T extends readonly (infer Item)[]
  ? Spelled<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: [Spelled<T[Key]>] }
    : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

// Held by the compiler.
const isSame: Same<Spelled<z.infer<typeof postureSchema>>, Spelled<Posture>> = true;

const problemsOf = (text: string): readonly string[] => {
  const read = readPosture(text);
  return read.ok ? [] : read.problems;
};

const changed = (change: (posture: Record<string, unknown>) => void): string => {
  const posture = JSON.parse(jsonReport(postureOf([finding()]))) as Record<string, unknown>;
  change(posture);
  return JSON.stringify(posture);
};

test('the schema is that of the type', () => expect(isSame).toBe(true));

test('the committed schema is fresh (voicecell audit --schema > compliance/audit/posture.schema.json, then prettier)', () => {
  expect(committedSchema).toStrictEqual(JSON.parse(JSON.stringify(postureSchemaJson())));
});

test('postures of the kit are valid against the published schema, and read back as they were', () => {
  const ajv = new Ajv({ strict: true, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(committedSchema);
  const posture = kitPosture('healthcare-us');
  const text = jsonReport(posture);
  validate(JSON.parse(text));
  expect(validate.errors ?? []).toEqual([]);
  expect(readPosture(text)).toEqual({ ok: true, posture });
});

test('a posture with everything that is optional reads back as it was', () => {
  const posture = postureOf([
    finding({
      status: 'waived',
      waiver: WAIVER,
      constructPath: 'a/b',
      location: { file: 'a.yaml', line: 3 },
      drift: [{ property: 'Tags', template: [{ Key: 'a' }], live: null }],
    }),
    finding({ status: 'attested', attestedUntil: '2027-01-01' }),
  ]);
  expect(readPosture(jsonReport(posture))).toEqual({ ok: true, posture });
});

test('invisible characters are escaped, and the seal holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const posture = postureOf([finding({ message: `${text}\u001B[2J\u202E\u{E0041}\u0085` })]);
      const json = jsonReport(posture);
      expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      const read = readPosture(json);
      expect(read.ok && isSealed(read.posture)).toBe(true);
    }),
  );
});

test('a report that somebody has changed is no baseline', () => {
  const better = changed((posture) => {
    posture['findings'] = [];
  });
  expect(problemsOf(better)).toEqual([expect.stringContaining('sha256: got another digest than that of the content')]);
});

test('a posture of another version is no baseline', () => {
  const newer = changed((posture) => {
    posture['version'] = 2;
  });
  expect(problemsOf(newer)).toEqual(['version: got 2, allowed 1, change it by an audit with this voicecell']);
});

test('every fault of shape is told in a line with its path', () => {
  const odd = changed((posture) => {
    posture['findings'] = [{ ...finding(), status: 'fine', extra: 1 }];
  });
  expect(problemsOf(odd)).toEqual([
    expect.stringMatching(/^findings\.0\.status: got "fine", allowed unmet/),
    expect.stringMatching(/^findings\.0\.extra: got the unknown key extra/),
  ]);
});

test.each(['', 'null', '[]', '"text"', '{', '{"version":1}', '\u0000', '{"__proto__":{}}'])(
  'what is no posture is refused and breaks nothing: %j',
  (text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
    expect(problemsOf(text).filter((line) => /\n|\p{Cc}/u.test(line))).toEqual([]);
  },
);
