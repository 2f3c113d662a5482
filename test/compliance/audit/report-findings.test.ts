import { reportFindings } from '../../../compliance/audit/report-findings';

const place = { constructPath: 'clinic/us-east-1/cell-use1-az4/Edge/TaskPolicy/Resource' };
const rule = 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:ec2:*:*:instance/*]';

const of = (evidence: Partial<Parameters<typeof reportFindings>[0]>) =>
  reportFindings({ outdir: '', stacks: [], findings: [], waived: [], ...evidence });

test('a rule of another pack is one control, however many things it finds, and each is told', () => {
  const [found] = of({ findings: [{ rule, severity: 'error', description: 'Wildcards.', ...place }] });
  expect(found).toMatchObject({
    control: 'AwsSolutions::AwsSolutions-IAM5',
    status: 'unmet',
    message: 'Wildcards. Resource::arn:aws:ec2:*:*:instance/*',
    stack: 'clinic/us-east-1/cell-use1-az4',
  });
});

test('what is acknowledged has its severity, its waiver, and the same fingerprint as before it was', () => {
  const reason = 'Instances come and go. (owner=platform expires=2027-11-30)';
  const [waived] = of({ waived: [{ id: rule, severity: 'warning', reason, ...place }] });
  expect(waived).toMatchObject({
    control: 'AwsSolutions::AwsSolutions-IAM5',
    status: 'waived',
    severity: 'warning',
    message: 'Resource::arn:aws:ec2:*:*:instance/* is acknowledged',
    waiver: { reason: 'Instances come and go.', owner: 'platform', expires: '2027-11-30' },
  });
  const [found] = of({ findings: [{ rule, severity: 'error', description: 'Wildcards.', ...place }] });
  expect(waived?.fingerprint).toBe(found?.fingerprint);
});

test('two things that one rule finds in one place are two findings', () => {
  const findings = ['a', 'b'].map((thing) => ({
    rule: `AwsSolutions::AwsSolutions-IAM5[Action::${thing}]`,
    severity: 'error',
    description: 'Wildcards.',
    ...place,
  }));
  expect(new Set(of({ findings }).map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test('what the kit’s own packs find is left to the catalogue', () => {
  const own = { rule: 'VoicecellHipaa::VoicecellHipaa-REC-02', severity: 'fatal', description: 'No lock.', ...place };
  expect(of({ findings: [own], waived: [{ id: own.rule, severity: 'fatal', reason: '', ...place }] })).toEqual([]);
});
