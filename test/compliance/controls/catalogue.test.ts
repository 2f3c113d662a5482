import * as fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../../bin/commands/controls';
import { AUDIT_CONTROLS } from '../../../compliance/audit/audit-controls';
import { CONTROLS } from '../../../compliance/controls/catalogue';
import { controlsMarkdown } from '../../../compliance/controls/formats/markdown';
import { controlsOscal } from '../../../compliance/controls/formats/oscal';
import { SOURCES } from '../../../compliance/frameworks/sources';
import { ran } from '../../support/command';
import { evidence } from '../../support/evidence';
import { mustValidate, objectionsTo } from '../../support/published-schema';

const ROOT = path.join(__dirname, '..', '..', '..');

const SCHEMA = 'oscal_component_schema.json';

test('every family is whole: 97 controls, each once', () => {
  const counts = new Map<string, number>();
  for (const { id } of CONTROLS) counts.set(id.slice(0, 3), (counts.get(id.slice(0, 3)) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({
    REC: 16,
    ENC: 8,
    AUD: 8,
    ACC: 10,
    NET: 10,
    RES: 17,
    INF: 5,
    AVL: 5,
    PRV: 6,
    GOV: 8,
    VUL: 4,
  });
  expect(new Set(CONTROLS.map(({ id }) => id)).size).toBe(97);
});

test.each(CONTROLS.map((control) => [control.id, control] as const))(
  '%s says what people need to know',
  (id, control) => {
    expect(control.title).toMatch(/^[A-Z].{20,}\.$/);
    for (const words of [control.builds, control.onTemplate, control.live]) expect(words.length).toBeGreaterThan(3);
    expect(control.sources.filter((key) => !Object.hasOwn(SOURCES, key))).toEqual([]);
    expect(control.checkedOn).toMatch(/^2026-\d\d-\d\d$/);
    expect(existsSync(path.join(ROOT, 'compliance', 'controls', `${id}.ts`))).toBe(true);
  },
);

test('docs/controls.md is what the catalogue says (voicecell controls --format markdown prints it)', () => {
  const page = readFileSync(path.join(ROOT, 'docs', 'controls.md'), 'utf8');
  expect(page).toBe(controlsMarkdown(CONTROLS, AUDIT_CONTROLS));
});

(mustValidate(SCHEMA) ? describe : describe.skip)('the OSCAL component definition', () => {
  test('is valid against the published schema', () => {
    expect(objectionsTo(SCHEMA)(controlsOscal(CONTROLS, AUDIT_CONTROLS, '0.1.0'))).toEqual([]);
  });
});

describe('any template', () => {
  const types = [
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::KMS::Key',
    'AWS::IAM::Role',
    'AWS::IAM::Policy',
    'AWS::DynamoDB::Table',
    'AWS::DynamoDB::GlobalTable',
    'AWS::Logs::LogGroup',
    'AWS::CloudTrail::Trail',
    'AWS::EC2::LaunchTemplate',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::EC2::Subnet',
    'AWS::EC2::Route',
    'AWS::EC2::RouteTable',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EC2::VPCEndpoint',
    'AWS::EC2::FlowLog',
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::ECS::TaskDefinition',
    'AWS::ECS::Service',
    'AWS::SNS::TopicPolicy',
    'AWS::Events::Rule',
    'AWS::CloudWatch::Alarm',
    'AWS::Backup::BackupVault',
    'AWS::Backup::BackupPlan',
    'AWS::Organizations::Policy',
    'AWS::ECR::Repository',
    'AWS::SSM::Parameter',
    'Custom::Anything',
  ];
  const words = [
    'ObjectLockEnabled',
    'ObjectLockConfiguration',
    'PolicyDocument',
    'KeyPolicy',
    'Statement',
    'Condition',
    'Principal',
    'Bucket',
    'BucketName',
    'Roles',
    'Policies',
    'LaunchTemplateData',
    'NetworkInterfaces',
    'SecurityGroupIngress',
    'ContainerDefinitions',
    'Environment',
    'Tags',
    'ReplicationConfiguration',
    'LifecycleConfiguration',
    'EventSelectors',
    'AdvancedEventSelectors',
    'EventPattern',
    'Content',
    'Rules',
    'RetentionInDays',
    'Replicas',
  ];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, true, '', '*', 'Deny', 0, -1, 'arn:aws:s3:::x', '${x}', '0.0.0.0/0', 'recording'),
      fc.constantFrom<unknown>(
        { Ref: 'Nowhere' },
        { 'Fn::If': ['c', 1, 2] },
        { 'Fn::GetAtt': ['R0', 'Arn'] },
        { Ref: 'R1' },
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...words), tie('value'), { maxKeys: 4 }),
    ),
  }));
  const resource = fc.record({
    Type: fc.constantFrom(...types),
    Properties: fc.dictionary(fc.constantFrom(...words), value, { maxKeys: 8 }),
  });
  const tagged = fc
    .tuple(resource, fc.constantFrom('recording', 'cdr', 'prompt', 'log', 'weights', undefined))
    .map(([body, dataClass]) =>
      dataClass
        ? {
            ...body,
            Properties: { ...body.Properties, Tags: [{ Key: 'voicecell:data-class', Value: dataClass }] },
          }
        : body,
    );

  test('is judged without a stack trace, however odd it is', () => {
    fc.assert(
      fc.property(fc.array(tagged, { maxLength: 6 }), (bodies) => {
        const given = evidence(Object.fromEntries(bodies.map((body, index) => [`R${index}`, body])));
        for (const control of CONTROLS)
          for (const { answer, message } of control.check(given)) {
            expect(['met', 'unmet', 'indeterminate']).toContain(answer);
            expect(message.length).toBeGreaterThan(0);
          }
      }),
      { numRuns: process.env['CI'] === 'true' ? 400 : 60 },
    );
  });
});

describe('voicecell controls', () => {
  test('lists those of a framework', async () => {
    const { code, out } = await ran(run, '--framework', 'finra', '--json');
    expect(code).toBe(0);
    const { controls } = JSON.parse(out) as { controls: { id: string; citations: { authority: string }[] }[] };
    expect(controls.length).toBeGreaterThan(15);
    for (const { citations } of controls) expect(citations.map(({ authority }) => authority)).toContain('finra');
  });

  test('prints one that is named', async () => {
    const { out } = await ran(run, 'REC-01');
    expect(out).toMatch(/^REC-01 .*cannot be waived\n\n1 controls$/s);
  });

  test('lists what only audits judge, with who asks, how bad it is and what is looked at', async () => {
    const { out } = await ran(run, 'EVIDENCE', 'CELL-03', '--json');
    const house = expect.objectContaining({ authority: 'house' }) as object;
    expect(JSON.parse(out)).toMatchObject({
      controls: [],
      auditControls: [
        {
          id: 'EVIDENCE',
          severity: 'error',
          citations: [house],
          live: expect.stringContaining('nested stacks') as string,
        },
        { id: 'CELL-03', severity: 'error', citations: [house], live: 'ecs:DescribeServices' },
      ],
    });
  });

  test.each(['text', 'json', 'markdown', 'oscal'])(
    'lists them as %s, but for a framework that does not ask',
    async (format) => {
      const ids = AUDIT_CONTROLS.map(({ id }) => id);
      const listedIn = async (...args: string[]): Promise<string[]> => {
        const { out } = await ran(run, '--format', format, ...args);
        return ids.filter((id) => new RegExp(`\\b${id}\\b`, 'i').test(out));
      };
      expect(await listedIn()).toEqual(ids);
      expect(await listedIn('--framework', 'hipaa')).toEqual([]);
    },
  );

  test.each([
    [['--framework', 'gdpr'], '--framework: got gdpr, allowed hipaa'],
    [['--format', 'pdf'], '--format: got pdf, allowed text'],
    [['REC-99'], 'control: got REC-99'],
  ])('%j is refused in words', async (args, words) => {
    expect(await ran(run, ...args)).toMatchObject({ code: 2, err: expect.stringContaining(words) });
  });
});
