import { evidenceOfFiles, readFiles } from '../../support/template-files';

const BUCKET = 'Resources:\n  A: { Type: AWS::S3::Bucket }\n';
const namesIn = (files: Readonly<Record<string, string | Uint8Array>>, inputs: readonly string[]): readonly string[] =>
  readFiles(files, inputs).stacks.map(({ name }) => name);

describe('what is read', () => {
  const FILES = { 'a.yaml': BUCKET, 'sub/b.json': '{"Resources":{"B":{"Type":"A::B::C"}}}', 'sub/package.json': '{}' };

  test('a folder is read with all below it, and what is no template is left out and told', () => {
    const read = readFiles(FILES, ['.']);
    expect(read.stacks.map(({ name }) => name)).toEqual(['a.yaml', 'sub/b.json']);
    expect(read.problems).toEqual([]);
    expect(read.limits).toEqual(['left out, for they are no CloudFormation: sub/package.json']);
    expect(read.files.map(({ path, sha256 }) => [path, sha256.length])).toEqual([
      ['a.yaml', 64],
      ['sub/b.json', 64],
    ]);
  });

  test('a glob is read, and a file that several name is read once', () => {
    expect(namesIn(FILES, ['**/*.json', 'sub', 'sub/b.json'])).toEqual(['sub/b.json']);
  });

  test('a broken template in a folder is told by itself', () => {
    const { limits, problems } = readFiles({ 'a.yaml': BUCKET, 'b.yaml': `${BUCKET}  A: { Type: 'AWS::X' }\n` }, ['.']);
    expect(problems).toEqual([]);
    expect(limits).toEqual([expect.stringMatching(/^b\.yaml:3:1 A: got the key twice in one block/)]);
  });

  test('a template that another nests is read there and not by itself', () => {
    const parent = 'Resources:\n  N: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./n.yaml } }\n';
    expect(namesIn({ 'p.yaml': parent, 'n.yaml': BUCKET }, ['.'])).toEqual(['p.yaml', 'p.yaml/N']);
  });

  test('templates that nest each other are read once each way and told', () => {
    const nests = (url: string): string =>
      `Resources:\n  N: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${url} } }\n`;
    const read = readFiles({ 'a.yaml': nests('b.yaml'), 'b.yaml': nests('a.yaml') }, ['.']);
    expect(read.stacks.map(({ name }) => name)).toEqual(['a.yaml', 'a.yaml/N']);
    expect(read.limits).toEqual(['b.yaml: nested stack N is not judged: it is nested in itself']);
  });
});

describe('an assembly', () => {
  const stack = (over: object = {}): object => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://111122223333/eu-west-1',
    properties: { templateFile: 's.template.json' },
    displayName: 'app/s',
    metadata: {
      '/app/s/A': [
        { type: 'aws:cdk:logicalId', data: 'A', trace: ['...aws-cdk-lib...', `new S (${process.cwd()}/lib/s.ts:3:1)`] },
      ],
    },
    ...over,
  });
  const NESTS = {
    Resources: {
      A: { Type: 'AWS::S3::Bucket' },
      N: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: { 'Fn::Sub': 'https://x' }, Parameters: { P: { Ref: 'A' } } },
        Metadata: { 'aws:asset:path': 'n.nested.template.json' },
      },
    },
  };
  const NESTED = {
    Parameters: { P: { Type: 'String' } },
    Resources: { B: { Type: 'X::Y::Z', Properties: { P: { Ref: 'P' } } } },
  };
  const files = (artifact = stack()): Readonly<Record<string, string>> => ({
    'out/manifest.json': JSON.stringify({
      artifacts: { x: { type: 'cdk:cloud-assembly', properties: { directoryName: 'inner' } } },
    }),
    'out/inner/manifest.json': JSON.stringify({ artifacts: { s: artifact } }),
    'out/inner/s.template.json': JSON.stringify(NESTS),
    'out/inner/n.nested.template.json': JSON.stringify(NESTED),
    'other.yaml': BUCKET,
  });

  test('is read by its manifests, within a folder too', () => {
    const { stacks, problems } = readFiles(files(), ['.']);
    expect(problems).toEqual([]);
    expect(stacks.map(({ name, region, account }) => [name, region, account])).toEqual([
      ['app/s', 'eu-west-1', '111122223333'],
      ['app/s/N', 'eu-west-1', '111122223333'],
      ['other.yaml', 'us-east-1', undefined],
    ]);
  });

  test('passes parameters to what it nests', () => {
    const evidence = evidenceOfFiles(readFiles(files(), ['out']));
    const [inner] = evidence.ofType('X::Y::Z');
    expect(inner && evidence.properties(inner)['P']).toBe('\u{FFFC}app/s#A.Ref\u{FFFC}');
  });

  test('without its template, or leading out of its folder, is told', () => {
    const missing = readFiles(files(stack({ properties: { templateFile: 'none.json' } })), ['out']);
    expect(missing.problems).toEqual([expect.stringContaining('got no such file')]);
    const outside = readFiles(files(stack({ properties: { templateFile: '../../other.yaml' } })), ['out']);
    expect(outside.stacks.map(({ name }) => name)).not.toContain('app/s');
  });
});

test('an import is what another stack of the region exports, its name computed', () => {
  const exporting = `${BUCKET}Outputs: { O: { Value: !GetAtt A.Arn, Export: { Name: !Sub '\${AWS::Region}-a' } } }\n`;
  const importing = 'Resources:\n  I: { Type: A::B::C, Properties: { V: !ImportValue us-east-1-a } }\n';
  const evidence = evidenceOfFiles(readFiles({ 'a.yaml': exporting, 'b.yaml': importing }));
  const [importer] = evidence.ofType('A::B::C');
  expect(importer && evidence.properties(importer)['V']).toBe('\u{FFFC}a.yaml#A.Arn\u{FFFC}');
});

describe('a file that is asked for by name and is no template is one line each', () => {
  test.each<readonly [string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /an empty file/],
    ['a binary file', Uint8Array.of(1, 0, 2), /a binary file/],
    ['UTF-16', Buffer.from('\u{FEFF}Resources:', 'utf16le'), /UTF-16/],
    ['bytes that are no UTF-8', Uint8Array.of(0xc3, 0x28), /no UTF-8/],
    ['any other YAML', 'a: 1', /no CloudFormation/],
    ['a list of resources', 'Resources: [{ Type: AWS::S3::Bucket }]', /no CloudFormation/],
    ['broken YAML', 'Resources:\n  A: "x\n', /:2:\d+ got|:3:1 got/],
    ['broken JSON', '{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}', /no JSON/],
    ['keys twice in YAML', `${BUCKET}Resources: {}`, /:3:1 Resources: got the key twice/],
    ['keys twice in JSON', '{"Resources": {},\n"Resources": {}}', /:2:1 Resources: got the key twice/],
    [
      'keys twice deep in JSON',
      '{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "a",\n"BucketName": "b"}}}}',
      /:2:1 BucketName: got the key twice/,
    ],
    [
      'keys twice deep in what is no JSON either',
      '{"Resources": {"A": {"Properties": {"B": 1,\n"B": 2}}},}',
      /:2:1 B: got the key twice/,
    ],
    ['an alias within its anchor', 'Resources: &r { A: *r }', /an alias within its own anchor/],
    ['an alias without anchor', 'Resources: { A: *r }', /lias/],
    ['a deep block in JSON', `{"Resources": ${'['.repeat(100_000)}`, /more than 200 blocks/],
    ['a deep block in YAML', `Resources: ${'['.repeat(100_000)}`, /more than 200 blocks/],
    ['deep lists in YAML', `Resources:\n ${'- '.repeat(100_000)}a`, /more than 200 blocks/],
    ['an alias bomb', bomb(), /more than 1000000 values/],
    ['a forged reference', `${BUCKET}x: "\u{FFFC}a#B.Arn\u{FFFC}"`, /U\+FFFC/],
    ['several documents', `${BUCKET}---\n${BUCKET}`, /several documents/],
  ])('%s', (_, content, expected) => {
    const { problems, stacks } = readFiles({ 'x.yaml': content }, ['x.yaml']);
    expect(stacks).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
    expect(problems[0]).not.toContain('\n');
  });

  test('a path that leads nowhere, a folder without templates, a glob without files', () => {
    const { problems } = readFiles({ 'empty/x.txt': '' }, ['nowhere.yaml', 'empty', '*.json']);
    expect(problems).toEqual([
      expect.stringContaining('empty:1:1 got no file'),
      expect.stringContaining('*.json:1:1 got no file'),
      expect.stringContaining('nowhere.yaml:1:1 got no such file'),
    ]);
  });
});

test('a resource of a wrong shape is told, and its neighbours are judged', () => {
  const text = `Resources:
  A: text
  B: { Type: 1 }
  C: { Type: AWS::S3::Bucket, Properties: null }
  D: { Type: AWS::S3::Bucket, Properties: [1] }
  E: { Type: AWS::S3::Bucket }
Outputs: [1]
Parameters: { P: 1 }
`;
  const { limits, stacks, problems } = readFiles({ 'x.yaml': text });
  expect(problems).toEqual([]);
  expect(Object.keys(stacks[0]?.body.Resources ?? {})).toEqual(['C', 'D', 'E']);
  expect(limits.map((limit) => limit.split(',')[0])).toEqual([
    'x.yaml:8:1 Parameters.P: got a number',
    'x.yaml:2:1 Resources.A: got a string',
    'x.yaml:3:1 Resources.B: got Type a number',
    'x.yaml:4:1 Resources.C: got Properties null',
    'x.yaml:5:1 Resources.D: got Properties a list of 1',
    'x.yaml:1:1 Outputs: got a list of 1',
  ]);
});

/** Each level holds the one before ten times. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const inner = level === 0 ? 'x' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array.from({ length: 10 }, () => inner).join(', ')}]\n`;
  });
  return `${levels.join('')}${BUCKET}`;
}
