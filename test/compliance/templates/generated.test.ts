import { spawnSync } from 'node:child_process';
import path from 'node:path';
import {
  constantFrom,
  dictionary,
  letrec,
  oneof,
  integer,
  string,
  boolean,
  array,
  type GeneratorValue,
} from 'fast-check';
import { stringify } from 'yaml';
import { holds, THOROUGH } from '../../properties/cases';
import { judgementsOf, readFiles } from '../../support/template-files';

const IDS = ['A', 'B', 'C', 'constructor', '__proto__', 'AWS::Region', 'AWS::NoValue'] as const;
const TYPES = [
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::KMS::Key',
  'AWS::IAM::Role',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::ECS::TaskDefinition',
  'AWS::ECS::Service',
  'AWS::DynamoDB::Table',
  'AWS::Logs::LogGroup',
  'AWS::CloudTrail::Trail',
  'AWS::Lambda::Function',
  'AWS::Events::Rule',
  'AWS::CloudFormation::Stack',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::Serverless::Function',
  'AWS::Serverless::StateMachine',
  'AWS::Backup::BackupPlan',
] as const;
const KEYS = [
  'Ref',
  'Fn::GetAtt',
  'Fn::Sub',
  'Fn::Join',
  'Fn::If',
  'Fn::Select',
  'Fn::Split',
  'Fn::FindInMap',
  'Fn::ImportValue',
  'Fn::Equals',
  'Fn::Not',
  'Fn::And',
  'Condition',
  'Fn::ForEach::L',
  'Fn::Transform',
  'Fn::ToJsonString',
  'Statement',
  'Effect',
  'Action',
  'Resource',
  'Principal',
  'PolicyDocument',
  'Policies',
  'Tags',
  'Key',
  'Value',
  'BucketName',
  'KeyPolicy',
  'Rule',
  'Rules',
  'ContainerDefinitions',
  'Environment',
  'SecurityGroupIngress',
  'CidrIp',
  'FromPort',
  'LaunchTemplateData',
  'TemplateURL',
  'Parameters',
  'Events',
  'VpcConfig',
  'Name',
  'ObjectLockConfiguration',
  'ReplicationConfiguration',
  '__proto__',
] as const;

const { value } = letrec((tie) => ({
  value: oneof(
    { depthSize: 'small', withCrossShrink: true },
    constantFrom(
      ...IDS,
      '*',
      '',
      'a,b',
      '${A.B}-${P}',
      'arn:aws:s3:::x',
      './x.yaml',
      '0.0.0.0/0',
      null,
      0,
      -1,
      1.5,
      true,
    ),
    string(),
    integer(),
    boolean(),
    array(tie('value'), { maxLength: 4 }),
    dictionary(constantFrom(...KEYS), tie('value'), { maxKeys: 5 }),
  ),
}));

/** Anything where a template has something: a right type, or a wrong one. */
function templateFrom(g: GeneratorValue): unknown {
  const block = (make: () => unknown): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      g(() => array(constantFrom(...IDS, 'Fn::ForEach::X'), { maxLength: 4 })).map((id) => [id, make()]),
    );
  const any = (): unknown => g(() => value);
  const resource = (): unknown =>
    g(integer, { min: 0, max: 9 }) === 0
      ? any()
      : {
          Type: g(() => constantFrom(...TYPES)),
          Properties: any(),
          Condition: any(),
          DeletionPolicy: any(),
          Metadata: any(),
        };
  return {
    Transform: any(),
    Globals: { Function: any() },
    Parameters: block(any),
    Mappings: block(any),
    Conditions: block(any),
    Resources: { ...block(resource), S: { Type: 'AWS::S3::Bucket', Properties: any() } },
    Outputs: block(any),
  };
}

test('templates of any shape are read and judged, and none fails', () => {
  holds(THOROUGH ? 2000 : 200, templateFrom, (template) => {
    const files = {
      'a.json': JSON.stringify(template),
      'b.yaml': stringify(template, { aliasDuplicateObjects: false }),
    };
    const read = readFiles(files);
    for (const line of [...read.problems, ...read.limits]) expect(line).not.toMatch(/\n/);
    expect(judgementsOf(read)).toBeGreaterThan(0);
  });
});

test('files of any bytes are read, and none fails', () => {
  holds(
    THOROUGH ? 2000 : 200,
    (g) =>
      g(() =>
        array(oneof(string(), constantFrom('Resources:\n', ' A: ', '{"', '&a ', '*a', '!Ref ', '- ', '\0', '\t', '"'))),
      ),
    (parts) => {
      const { problems, stacks } = readFiles({ 'x.yaml': parts.join('') });
      expect(problems.length + stacks.length).toBeGreaterThan(0);
    },
  );
});

describe('stacks that refer to each other in a circle', () => {
  const outputs = (name: string, value: string): string =>
    `Resources: { A: { Type: AWS::S3::Bucket, Properties: { BucketName: ${value} } } }\nOutputs: { O: { Value: ${value}, Export: { Name: ${name} } } }\n`;

  test('by exports are judged', () => {
    const read = readFiles({ 'a.yaml': outputs('a', '!ImportValue b'), 'b.yaml': outputs('b', '!ImportValue a') });
    expect(judgementsOf(read)).toBeGreaterThan(0);
  });

  test('by exports whose names are exports are judged', () => {
    const read = readFiles({
      'a.yaml': outputs('!ImportValue b', '!ImportValue b'),
      'b.yaml': outputs('!ImportValue a', 'x'),
    });
    expect(judgementsOf(read)).toBeGreaterThan(0);
  });

  test('by exports that double each time are judged', () => {
    const files = Array.from({ length: 60 }, (_, index) => [
      `s${index}.yaml`,
      outputs(
        `e${index}`,
        index === 0 ? 'xxxxxxxxxx' : `!Join ['', [!ImportValue e${index - 1}, !ImportValue e${index - 1}]]`,
      ),
    ]);
    expect(judgementsOf(readFiles(Object.fromEntries(files) as Record<string, string>))).toBeGreaterThan(0);
  });

  test('by parameters and outputs of a nested stack are judged', () => {
    const parent =
      'Resources: { N: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: n.yaml, Parameters: { P: !GetAtt N.Outputs.O } } }, A: { Type: AWS::S3::Bucket, Properties: { BucketName: !GetAtt N.Outputs.O } } }\n';
    const child =
      'Parameters: { P: { Type: String } }\nResources: { B: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref P } } }\nOutputs: { O: { Value: !Ref P } }\n';
    expect(judgementsOf(readFiles({ 'p.yaml': parent, 'n.yaml': child }, ['.']))).toBeGreaterThan(0);
  });
});

/** Each in a process of its own that may hold 384 MB. */
test.each([
  'ten-megabytes.json',
  'ten-megabytes.yaml',
  'resources.yaml',
  'split.json',
  'lists.json',
  'stacks',
  'unbroken',
])(
  '%s is judged or refused in bounded memory',
  (name) => {
    const child = path.join(__dirname, '..', '..', 'support', 'large-template.ts');
    const args = ['--max-old-space-size=384', '--import', 'tsx', child, name];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
    expect(`${status} ${stderr.slice(0, 500)}`).toBe('0 ');
    expect(stdout).toMatch(/^(\d+ judgements|1 problem)$/m);
  },
  150_000,
);
