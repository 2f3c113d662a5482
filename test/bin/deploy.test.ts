import path from 'node:path';
import { deployArguments } from '../../bin/commands/deploy';
import { regionPlan } from '../support/region-plan';

const request = { name: 'demo', plans: [regionPlan()], foundations: false, unattended: false };

test('a deployment takes every stack of its regions and no stack of another deployment', () => {
  expect(deployArguments(request).filter((word) => word.startsWith('demo/'))).toEqual(['demo/us-east-1/*']);
  expect(deployArguments(request)).toContain('deployment=demo');
});

test('what is deployed is the kit, whatever app lies where the user stands, and its assembly is left there', () => {
  expect(deployArguments(request).join(' ')).toContain(
    `--app node --import tsx bin/app.ts --output ${path.resolve('cdk.out')}`,
  );
});

test('the foundations go first, so that images and weights have a place before a cell looks for them', () => {
  const stacks = deployArguments({ ...request, foundations: true }).filter((word) => word.startsWith('demo/'));
  expect(stacks).toEqual(['demo/us-east-1/copies', 'demo/us-east-1/records', 'demo/us-east-1/network']);
});

test('stores that an earlier deployment left are taken back under their names', () => {
  expect(deployArguments(request)).toContain('--import-existing-resources');
});

test('a person approves what widens rights, unless told otherwise', () => {
  expect(deployArguments(request)).not.toContain('never');
  expect(deployArguments({ ...request, unattended: true }).slice(-2)).toEqual(['--require-approval', 'never']);
});
