import { stringify } from 'yaml';
import { judgementsOf, readFiles } from './template-files';

const bucket = (index: number, more: object = {}): object => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName: `calls-${index}`, Tags: [{ Key: 'voicecell:data-class', Value: 'recording' }], ...more },
});

const buckets = (count: number, more?: object): object => ({
  Resources: Object.fromEntries(Array.from({ length: count }, (_, index) => [`B${index}`, bucket(index, more)])),
});

const LIST = Array.from({ length: 100_000 }, (_, index) => `item-${index}`).join(',');

const parametrised = (value: object): string =>
  JSON.stringify({
    Parameters: { P: { Type: 'CommaDelimitedList', Default: LIST }, Q: { Default: LIST } },
    ...buckets(500, { V: value }),
  });

/** A stack that nests the next twice. */
const twice = (next: string): string =>
  JSON.stringify({
    Resources: Object.fromEntries(
      ['A', 'B'].map((id) => [id, { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: next } }]),
    ),
  });

/** Repeated, each is a text that takes the square of its length where a pattern may start anywhere in it. */
const UNBROKEN: readonly string[] = [
  'a',
  'a1',
  'a.',
  'ab-',
  'a@',
  '"',
  '\\"',
  ' ',
  '+1',
  'amazonaws.a.',
  'foundation-model/',
  ':::',
  'https://a.',
  '-a ',
];

/** Where names, scripts, addresses and roles are looked at, each before the signs that are looked for first. */
const unbroken = (name: string): object => {
  const text = `${name}\n!@ :// = bedrock arn: + foundation-model/ .amazonaws.com`;
  const variables = { A: text, URL: `https://${name}.amazonaws.com` };
  const grant = { Effect: 'Allow', Action: ['bedrock:*'], Resource: [text] };
  const container = { Name: 'c', Image: name, Command: [text], Environment: [{ Name: 'A', Value: text }] };
  return {
    Resources: {
      B: bucket(0, { BucketName: `${name}@` }),
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: { ZipFile: text }, Environment: { Variables: variables } },
      },
      I: { Type: 'AWS::EC2::Instance', Properties: { UserData: text } },
      T: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [container] } },
      E: { Type: 'AWS::EC2::VPCEndpoint', Properties: { ServiceName: text } },
      R: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: name, Policies: [{ PolicyDocument: { Statement: [grant] } }] },
      },
    },
  };
};

/** Characters. */
const LONG = 300_000;

/** Templates that are hard on memory. */
const CASES: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  'ten-megabytes.json': () => ({ 'a.json': JSON.stringify(buckets(500, { Note: 'x'.repeat(20_000) })) }),
  'ten-megabytes.yaml': () => ({ 'a.yaml': stringify(buckets(500, { Note: 'x'.repeat(20_000) })) }),
  'resources.yaml': () => ({ 'a.yaml': stringify(buckets(500)) }),
  'split.json': () => ({ 'a.json': parametrised({ 'Fn::Split': [',', { Ref: 'Q' }] }) }),
  'lists.json': () => ({ 'a.json': parametrised({ Many: Array.from({ length: 50 }, () => ({ Ref: 'P' })) }) }),
  stacks: () =>
    Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`${index}.json`, twice(`${index + 1}.json`)])),
};

/** One by one: what all may weigh together is bounded. */
function judged(files: Readonly<Record<string, string>>): string {
  const read = readFiles(files, ['.']);
  return read.problems.length > 0 ? `${read.problems.length} problem\n` : `${judgementsOf(read)} judgements\n`;
}

const [, , name = ''] = process.argv;
if (name === 'unbroken')
  for (const unit of UNBROKEN)
    process.stdout.write(judged({ 'a.json': JSON.stringify(unbroken(unit.repeat(LONG / unit.length))) }));
else process.stdout.write(judged(CASES[name]?.() ?? {}));
