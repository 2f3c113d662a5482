import { overlay } from '../../../../compliance/audit/live/overlay';
import { evidence } from '../../../support/evidence';

const TRUST = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
};

function laid(type: string, properties: Readonly<Record<string, unknown>>, live: Readonly<Record<string, unknown>>) {
  const { set } = evidence({ It: { Type: type, Properties: properties } });
  const [resource] = set.resources;
  if (!resource) throw new Error('the template has no resource');
  const deployed = { resource, physicalId: 'it' };
  const { set: read, drifts } = overlay(set, [deployed], [{ deployed, properties: live }]);
  return { drift: drifts.get(resource), properties: read.resources[0]?.properties };
}

test('a trust that somebody more has is a drift, and controls judge what the account has', () => {
  const [statement] = TRUST.Statement;
  const live = { Statement: [{ ...statement, Principal: { Service: 'ec2.amazonaws.com', AWS: '*' } }] };
  const found = laid('AWS::IAM::Role', { AssumeRolePolicyDocument: TRUST }, { AssumeRolePolicyDocument: live });
  expect(found.drift).toEqual([{ property: 'AssumeRolePolicyDocument', template: TRUST, live }]);
  expect(found.properties).toEqual({ AssumeRolePolicyDocument: live });
});

test('a drift shows no value that may be a secret, and controls judge the value', () => {
  const container = (value: string) => [{ Name: 'stt', Environment: [{ Name: 'TOKEN', Value: value }] }];
  const [written, live] = [container('hf_old'), container('hf_new')];
  const found = laid('AWS::ECS::TaskDefinition', { ContainerDefinitions: written }, { ContainerDefinitions: live });
  const shown = container('(hidden)');
  expect(found.drift).toEqual([{ property: 'ContainerDefinitions', template: shown, live: shown }]);
  expect(found.properties).toEqual({ ContainerDefinitions: live });
});

test('a value that the account has none of stays absent', () => {
  const { drift } = laid('AWS::SSM::Parameter', { Value: 'secret' }, { Value: undefined });
  expect(drift).toEqual([{ property: 'Value', template: '(hidden)' }]);
});
