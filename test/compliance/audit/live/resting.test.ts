import { resting } from '../../../../compliance/audit/live/resting';
import type { LiveSet } from '../../../../compliance/audit/live/overlay';
import type { Finding } from '../../../../compliance/audit/posture';
import { kitPosture } from '../../../support/postures';

const some = kitPosture('sandbox').findings.find(({ status }) => status === 'met');

const finding = (status: Finding['status'], message: string): Finding => {
  if (!some) throw new Error('nothing of the sandbox is met');
  return { ...some, status, message };
};

const refused = (...actions: readonly string[]): Pick<LiveSet, 'unread'> => ({
  unread: new Map(
    actions.map((action) => [
      { logicalId: action } as never,
      [{ properties: ['Policies'], action, why: `not allowed: ${action}` }],
    ]),
  ),
});

const MET = finding('met', 'somebody is told');
const UNMET = finding('unmet', 'nobody is told; add a rule');
const UNCLEAR = finding('indeterminate', 'it cannot be read; write it out');

test('what is unmet only for want of an answer is indeterminate, and names what was refused', () => {
  expect(resting([UNMET], () => [MET], refused('iam:GetRole'))).toEqual([
    {
      ...UNMET,
      status: 'indeterminate',
      message: 'nobody is told; add a rule (not everything could be read: iam:GetRole)',
      remedy: 'allow iam:GetRole',
    },
  ]);
});

test('what cannot be told for want of an answer names every action that was refused, once', () => {
  const [found] = resting([UNCLEAR], () => [MET], refused('s3:GetBucketPolicy', 'iam:GetRole', 'iam:GetRole'));
  expect(found?.remedy).toBe('allow iam:GetRole, s3:GetBucketPolicy');
});

test('what is unmet whatever the answer would be stays unmet', () => {
  expect(resting([UNMET], () => [UNMET], refused('iam:GetRole'))).toEqual([UNMET]);
});

test('what no template tells either is not put down to the account', () => {
  expect(resting([UNCLEAR], () => [UNCLEAR], refused('iam:GetRole'))).toEqual([UNCLEAR]);
});

test('nothing rests on an account that answers everything', () => {
  expect(resting([UNMET, MET], () => [MET], refused())).toEqual([UNMET, MET]);
});

test('what is met for want of an answer, and would not be with it, is indeterminate', () => {
  expect(resting([MET], () => [UNMET], refused('iam:GetRole'))[0]?.status).toBe('indeterminate');
});

test('what is met either way is met, however it is said', () => {
  const otherwise = finding('met', 'two are told');
  expect(resting([otherwise], () => [MET], refused('iam:GetRole'))).toEqual([otherwise]);
});

test('a control that finds nothing to judge, because nobody told what a resource is, is indeterminate', () => {
  const nothing = finding('notApplicable', 'nothing here is what it is about');
  const found = resting([nothing], () => [MET], refused('s3:GetBucketTagging'));
  expect(found.map(({ status, remedy }) => ({ status, remedy }))).toEqual([
    { status: 'indeterminate', remedy: 'allow s3:GetBucketTagging' },
  ]);
});

test('a stack of which nobody told what is in it is named as well', () => {
  const [found] = resting([UNMET], () => [MET], refused(), [{ action: 'cloudformation:ListStackResources' }]);
  expect(found?.remedy).toBe('allow cloudformation:ListStackResources');
});
