import { hidden, withoutCredentials } from '../../../compliance/audit/hidden';

const TASK = 'AWS::ECS::TaskDefinition';

test('values of environments, commands and user data are hidden, and their names are not', () => {
  const container = {
    Name: 'stt',
    Image: 'https://me:pass@ghcr.io/o/i',
    Environment: [{ Name: 'TOKEN', Value: 'hf_x' }],
    Command: ['--key', 'k'],
    EntryPoint: ['sh'],
    Secrets: [{ Name: 'PASSWORD', ValueFrom: 'arn' }],
  };
  expect(hidden(TASK, 'ContainerDefinitions', [container])).toEqual([
    {
      Name: 'stt',
      Image: 'https://…@ghcr.io/o/i',
      Environment: [{ Name: 'TOKEN', Value: '(hidden)' }],
      Command: ['(hidden)', '(hidden)'],
      EntryPoint: ['(hidden)'],
      Secrets: [{ Name: 'PASSWORD', ValueFrom: 'arn' }],
    },
  ]);
  expect(hidden('AWS::EC2::LaunchTemplate', 'LaunchTemplateData', { UserData: 'a', ImageId: 'ami' })).toEqual({
    UserData: '(hidden)',
    ImageId: 'ami',
  });
  expect(hidden('AWS::Lambda::Function', 'Environment', { Variables: { A: 'b' } })).toEqual({
    Variables: { A: '(hidden)' },
  });
});

test('the value of a parameter is hidden, and what the account has none of stays nothing', () => {
  expect(hidden('AWS::SSM::Parameter', 'Value', 'secret')).toBe('(hidden)');
  expect(hidden('AWS::SSM::Parameter', 'Value', undefined)).toBeUndefined();
  expect(hidden('AWS::SSM::Parameter', 'Type', 'String')).toBe('String');
  expect(hidden('AWS::KMS::Key', 'EnableKeyRotation', false)).toBe(false);
});

test.each([
  ['image user:ghp_x@ghcr.io/org/model:1 has no digest', 'image …@ghcr.io/org/model:1 has no digest'],
  ['user:pw@localhost:5000/model', '…@localhost:5000/model'],
  ['ghp_x@ghcr.io/org/model', '…@ghcr.io/org/model'],
  ['git+https://me:pw@example.com/a', 'git+https://…@example.com/a'],
  ['redis://:pw@cache:6379', 'redis://…@cache:6379'],
])('credentials of %s are left out', (text, without) => {
  expect(withoutCredentials(text)).toBe(without);
});

test.each([
  `ghcr.io/org/model:1@sha256:${'a'.repeat(64)}`,
  `model@sha256:${'a'.repeat(64)}`,
  'AWS::SNS::Subscription email:ops@example.com hangs on it',
  'arn:aws:iam::111122223333:role/a',
  'https://example.com/a?to=b@c',
])('%s has none', (text) => {
  expect(withoutCredentials(text)).toBe(text);
});
