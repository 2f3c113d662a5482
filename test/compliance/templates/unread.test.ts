import { readFiles } from '../../support/template-files';

const BUCKET = 'Resources:\n  A: { Type: AWS::S3::Bucket }\n';

describe('what hides something to be judged', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
    [
      'a broken template in a folder',
      { 'b.yaml': `${BUCKET}  A: { Type: 'AWS::X' }\n` },
      /^b\.yaml:3:1 A: got the key/,
    ],
    ['a transform', { 'b.yaml': `Transform: Mine\n${BUCKET}` }, /^b\.yaml: transform Mine is not run/],
    [
      'a nested stack that is elsewhere',
      {
        'b.yaml':
          'Resources:\n  N: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://x.example/n.yaml } }\n',
      },
      /^b\.yaml: nested stack N is not judged/,
    ],
    ['a module', { 'b.yaml': 'Resources:\n  M: { Type: My::S3::Vault::MODULE }\n' }, /^b\.yaml: M \(.*\) is a module/],
    [
      'a short form that nobody knows',
      { 'b.yaml': 'Resources:\n  A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Foo x } }\n' },
      /^b\.yaml: Fn::Foo in A is not known/,
    ],
  ])('%s is unread', (_, files, expected) => {
    const { limits, unread, problems } = readFiles({ 'a.yaml': BUCKET, ...files }, ['.']);
    expect(problems).toEqual([]);
    expect(unread).toEqual([expect.stringMatching(expected)]);
    expect(limits).toEqual(unread);
  });

  test('is neither a file that was never CloudFormation nor an empty one', () => {
    const { limits, unread } = readFiles({ 'a.yaml': BUCKET, 'p.json': '{}', 'e.yaml': '\n' }, ['.']);
    expect(limits).toEqual(['left out, for they are no CloudFormation: e.yaml, p.json']);
    expect(unread).toEqual([]);
  });

  test('is no function of CloudFormation, even where its value is not known', () => {
    const properties =
      '{ A: !GetAZs x, B: !Cidr [a, 1], C: !If [D, 1, 2], E: !Base64 x, F: !Sub x, G: !ImportValue x }';
    const { unread } = readFiles({ 'a.yaml': `Resources:\n  A: { Type: X::Y::Z, Properties: ${properties} }\n` });
    expect(unread).toEqual([]);
  });
});

describe('what is given by hand', () => {
  const TEXT = `Parameters: { Days: { Type: Number, Default: 1 }, Name: { Type: String, Default: a } }\n${BUCKET}`;
  const problemsWith = (parameters: Readonly<Record<string, string>>): readonly string[] =>
    readFiles({ 'a.yaml': TEXT }, ['a.yaml'], { parameters }).problems;

  test('an account is that of stacks which do not say theirs', () => {
    const { stacks } = readFiles({ 'a.yaml': BUCKET }, ['a.yaml'], { account: '111122223333' });
    expect(stacks.map(({ account }) => account)).toEqual(['111122223333']);
  });

  test('a parameter that is declared, and a number that is one, are taken', () => {
    expect(problemsWith({ Days: '2190', Name: 'b' })).toEqual([]);
  });

  test('a parameter that no template declares is a problem', () => {
    expect(problemsWith({ days: '1' })).toEqual([
      '--parameter days: got a name that no template declares, allowed Days, Name, change the name',
    ]);
  });

  test.each(['six', '', '1e999'])('%j is no number', (value) => {
    expect(problemsWith({ Days: value })).toEqual([
      expect.stringMatching(/^--parameter Days: got .*, allowed a number, its Type, change the value$/),
    ]);
  });
});
