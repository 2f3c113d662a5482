import { isAsWritten } from '../../../../compliance/audit/live/compare';
import { Links } from '../../../../compliance/audit/live/links';

const links = new Links([]);
const statement = { Effect: 'Deny', Principal: { AWS: 'a' }, Action: 's3:DeleteObject', Resource: '*' };

test.each([
  ['another principal', statement, { ...statement, Principal: { AWS: 'a', Service: 'ec2.amazonaws.com' } }],
  ['a condition', statement, { ...statement, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
  [
    'a condition on a key that is not so',
    { ...statement, Condition: { Bool: { 'a:b': true } } },
    { ...statement, Condition: { Bool: { 'a:b': true, 'aws:ViaAWSService': false } } },
  ],
  [
    'an expiry of a lifecycle rule',
    [{ Id: 'a', Status: 'Enabled' }],
    [{ Id: 'a', Status: 'Enabled', ExpirationInDays: 1 }],
  ],
  ['a command', [{ Name: 'stt' }], [{ Name: 'stt', Command: ['sh'] }]],
  ['a privilege', [{ Name: 'stt', Privileged: false }], [{ Name: 'stt', Privileged: true }]],
  ['a privilege that is not written', [{ Name: 'stt' }], [{ Name: 'stt', Privileged: true }]],
  ['environment', [{ Name: 'stt' }], [{ Name: 'stt', Environment: [{ Name: 'A', Value: 'b' }] }]],
  ['a port of its node', [{ ContainerPort: 80 }], [{ ContainerPort: 80, HostPort: 8080 }]],
  ['a pattern', { source: ['aws.s3'] }, { source: ['aws.s3'], detail: { name: ['x'] } }],
  ['a hop limit', { HttpTokens: 'required' }, { HttpTokens: 'required', HttpPutResponseHopLimit: 2 }],
  ['a range', { IpProtocol: 'tcp' }, { IpProtocol: 'tcp', CidrIp: '0.0.0.0/0' }],
])('%s that the account has besides is not as written', (_, written, live) => {
  expect(isAsWritten(written, written, links)).toBe(true);
  expect(isAsWritten(written, live, links)).toBe(false);
});

test.each([
  ['nothing', { Name: 'a' }, { Name: 'a', Cpu: 0, MountPoints: [], Privileged: false, Links: null, User: '' }],
  ['what is off', { MaximumPercent: 100 }, { MaximumPercent: 100, Alarms: { AlarmNames: [], Enable: false } }],
  ['the same port', { ContainerPort: 80 }, { ContainerPort: 80, HostPort: 80, Protocol: 'tcp' }],
  [
    'the name beside an id',
    { LaunchTemplateId: 'lt-1', Version: '1' },
    { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'edge', Version: '1' },
  ],
])('%s that services answer by default is as written', (_, written, live) => {
  expect(isAsWritten(written, live, links)).toBe(true);
});
