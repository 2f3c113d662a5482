import { UNKNOWN } from '../../../compliance/templates/evaluate';
import { propertiesIn, readFiles } from '../../support/template-files';

const DECLARED = `
Parameters:
  Name: { Type: String, Default: calls }
  Zones: { Type: CommaDelimitedList, Default: 'a, b ,c' }
  Asked: { Type: String }
Mappings:
  Days: { us-east-1: { recording: 2192 } }
Conditions:
  Holds: !Equals [!Ref Name, calls]
  Fails: !Not [!Condition Holds]
  Both: !And [!Condition Holds, !Equals [true, 'true']]
  Either: !Or [!Condition Fails, !Condition Holds]
  Maybe: !Equals [!Ref Asked, x]
`;

const valueOf = (value: string, options = {}): unknown =>
  propertiesIn(
    `${DECLARED}Resources:\n  A: { Type: A::B::C, Properties: { V: ${value} } }\n  B: { Type: A::B::C }\n`,
    'A',
    options,
  )['V'];

const token = (attribute: string): string => `\u{FFFC}demo.yaml#B.${attribute}\u{FFFC}`;

test.each([
  ['!Ref Name', 'calls'],
  ['!Ref B', token('Ref')],
  ["!Ref 'AWS::Region'", 'us-east-1'],
  ['!GetAtt B.Arn', token('Arn')],
  ['!GetAtt B.Outputs.X', token('Outputs.X')],
  ['!GetAtt [B, Arn]', token('Arn')],
  ['{ Fn::GetAtt: B.Arn }', token('Arn')],
  ["!Sub 'x-${Name}-${B}'", `x-calls-${token('Ref')}`],
  ["!Sub ['${N}${!M}', { N: !Ref Name }]", 'calls${M}'],
  ["!Join ['-', [a, !Ref Name]]", 'a-calls'],
  ["!Join [',', !Ref Zones]", 'a,b,c'],
  ['!Select [1, !Ref Zones]', 'b'],
  ["!Select [1, !Split ['/', a/b]]", 'b'],
  ['!If [Holds, 1, 2]', 1],
  ['!If [Fails, 1, 2]', 2],
  ['!If [Both, 1, 2]', 1],
  ['!If [Either, 1, 2]', 1],
  ['!If [Maybe, 1, 2]', UNKNOWN],
  ['!If [Maybe, 1, 1]', 1],
  ['!If [Nobody, 1, 2]', UNKNOWN],
  ["!If [Holds, !Ref 'AWS::NoValue', 2]", undefined],
  ["!FindInMap [Days, !Ref 'AWS::Region', recording]", 2192],
  ['!FindInMap [Days, eu-west-1, recording, { DefaultValue: 7 }]', 7],
  ['!FindInMap [Days, !Ref Asked, recording, { DefaultValue: 7 }]', UNKNOWN],
  ['!Base64 text', 'text'],
  ['!Length [a, b]', 2],
  ['{ Fn::Length: !Ref Zones }', 3],
  ['!ToJsonString { a: !Ref Name }', '{"a":"calls"}'],
  ["!GetAZs ''", UNKNOWN],
  ['!Cidr [10.0.0.0/16, 2, 8]', UNKNOWN],
  ['!ImportValue elsewhere', UNKNOWN],
  ['!Transform { Name: Macro }', UNKNOWN],
  ['!Surprise a', UNKNOWN],
  ['!Ref Asked', UNKNOWN],
  ["!Join ['', !Ref Asked]", UNKNOWN],
  ['yes', true],
  ['N', 'N'],
  ['2012-10-17', '2012-10-17'],
  ['!!binary aGVsbG8=', 'aGVsbG8='],
  ["'{{resolve:ssm:x}}'", UNKNOWN],
])('%s is read as CloudFormation reads it', (value, expected) => {
  expect(valueOf(value)).toEqual(expected);
});

test('a parameter given by hand goes before its default, and its list is a list', () => {
  expect(valueOf('!Ref Name', { parameters: { Name: 'other' } })).toBe('other');
  expect(valueOf('!Ref Zones', { parameters: { Zones: 'x,y' } })).toEqual(['x', 'y']);
  expect(valueOf('!If [Maybe, 1, 2]', { parameters: { Asked: 'x' } })).toBe(1);
  expect(valueOf('!If [Holds, 1, 2]', { parameters: { Name: 'other' } })).toBe(2);
});

test('anchors and merge keys are written out', () => {
  const text =
    'x: &x { a: 1, b: 2 }\nResources:\n  A: { Type: A::B::C, Properties: { V: { <<: *x, b: 3 }, W: *x, U: { <<: [*x, { c: 4 }] } } }\n';
  expect(propertiesIn(text)).toEqual({ V: { a: 1, b: 3 }, W: { a: 1, b: 2 }, U: { a: 1, b: 2, c: 4 } });
});

test('a resource whose condition does not hold is not there; one that may be there stays', () => {
  const resources = ['Holds', 'Fails', 'Maybe', 'Nobody'].map(
    (name) => `  Of${name}: { Type: A::B::C, Condition: ${name}, DeletionPolicy: !If [${name}, Retain, Delete] }\n`,
  );
  const { stacks } = readFiles({ 'demo.yaml': `${DECLARED}Resources:\n${resources.join('')}` });
  const found = stacks[0]?.body.Resources ?? {};
  expect(Object.keys(found)).toEqual(['OfHolds', 'OfMaybe', 'OfNobody']);
  expect(found['OfHolds']?.DeletionPolicy).toBe('Retain');
  expect(found['OfMaybe']?.DeletionPolicy).toEqual({ 'Fn::If': ['Maybe', 'Retain', 'Delete'] });
});

test('conditions in a circle do not hold and do not fail', () => {
  const conditions = 'Conditions: { P: !Not [!Condition Q], Q: !Not [!Condition P] }\n';
  const text = `${conditions}Resources:\n  A: { Type: A::B::C, Properties: { V: !If [P, 1, 2] } }\n`;
  expect(propertiesIn(text)).toEqual({ V: UNKNOWN });
});
