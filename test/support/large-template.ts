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

const read = readFiles(CASES[process.argv[2] ?? '']?.() ?? {}, ['.']);
process.stdout.write(
  read.problems.length > 0 ? `${read.problems.length} problem\n` : `${judgementsOf(read)} judgements\n`,
);
