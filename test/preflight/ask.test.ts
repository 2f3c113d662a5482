import { setTimeout as sleep } from 'node:timers/promises';
import { Asking, notAsking } from '../../aws/ask';

const quick = { questionMs: 40, runMs: 100, atOnce: 3 };

const never = (): Promise<never> => new Promise(() => {});

function awsError(name: string, message = 'User: arn:aws:iam::1:user/me is not authorized', status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

test('a read that hangs, deaf to its signal, is given up in time', async () => {
  const started = Date.now();
  const answer = await new Asking(quick).in('us-east-1')('ec2:DescribeVpcs', never);
  expect(answer).toMatchObject({ known: false, why: 'ec2:DescribeVpcs in us-east-1 did not answer in time' });
  expect(Date.now() - started).toBeLessThan(1000);
});

test('the whole run is bounded, however many reads hang', async () => {
  const ask = new Asking({ questionMs: 100, runMs: 150, atOnce: 1 }).in('us-east-1');
  const started = Date.now();
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask('ec2:DescribeVpcs', never)));
  expect(answers.filter((answer) => answer.known)).toEqual([]);
  expect(Date.now() - started).toBeLessThan(1500);
});

test('a read is told when its time is over', async () => {
  let told = false;
  await new Asking(quick).in('us-east-1')('a:B', (signal) => {
    signal.addEventListener('abort', () => {
      told = true;
    });
    return never();
  });
  expect(told).toBe(true);
});

test('no more than so many questions at once, in all regions together', async () => {
  let running = 0;
  let most = 0;
  const asking = new Asking({ ...quick, questionMs: 5000, runMs: 5000 });
  const read = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await sleep(2);
    running -= 1;
  };
  const asked = Array.from({ length: 20 }, (_, index) => asking.in(`region-${index % 4}`)('a:B', read));
  expect((await Promise.all(asked)).every(({ known }) => known)).toBe(true);
  expect(most).toBe(3);
});

test.each([
  ['AccessDenied', awsError('AccessDenied', undefined, 403), 'not allowed: s3:ListBucket'],
  ['UnauthorizedOperation', awsError('UnauthorizedOperation'), 'not allowed: s3:ListBucket'],
  ['a bare 403', awsError('UnknownError', 'UnknownError', 403), 'not allowed: s3:ListBucket'],
  ['ThrottlingException', awsError('ThrottlingException'), 'is throttled'],
  ['RequestLimitExceeded', awsError('RequestLimitExceeded'), 'is throttled'],
  ['ExpiredToken', awsError('ExpiredToken', 'The token expired.', 403), 'takes no such credentials: ExpiredToken'],
  [
    'no credentials',
    Object.assign(new Error('Could not load'), { name: 'CredentialsProviderError' }),
    'no credentials: ',
  ],
  ['a region that is off', awsError('AuthFailure', 'not able to validate', 401), 'takes no such credentials'],
  ['no network', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'cannot be reached'],
  [
    'a proxy that signs for AWS',
    Object.assign(new Error('self-signed certificate in certificate chain'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
    'no trusted certificate',
  ],
  ['a sign-in page', awsError('SyntaxError', "Unexpected token '<'", 200), 'answered what AWS would not'],
  [
    'a guardrail',
    awsError('UnauthorizedOperation', 'Not authorized, with an explicit deny in a service control policy'),
    'not allowed: s3:ListBucket, by a service control policy',
  ],
  [
    'a boundary',
    awsError('AccessDenied', 'Not authorized, because no permissions boundary allows the action'),
    'not allowed: s3:ListBucket, by a permissions boundary',
  ],
  [
    'the key of a secret',
    awsError('AccessDeniedException', 'Access to KMS is not allowed'),
    'not allowed: kms:Decrypt',
  ],
  ['an error of its own', awsError('InternalError', 'Oops\nstack'), 'answered InternalError: Oops'],
])('%s is an unknown answer', async (_, error, why) => {
  const answer = await new Asking().in('eu-west-1')('s3:ListBucket', () => Promise.reject(error));
  expect(answer).toMatchObject({ known: false, why: expect.stringContaining(why) });
  expect(JSON.stringify(answer)).not.toContain('arn:aws:iam');
});

test('what no policy of one’s own allows is not mended by one', async () => {
  const because = async (words: string): Promise<unknown> =>
    new Asking().in('eu-west-1')('a:B', () => Promise.reject(awsError('AccessDenied', `not authorized, ${words}`)));
  expect(await because('because no identity-based policy allows the a:B action')).toMatchObject({
    remedy: expect.stringContaining('--policy'),
  });
  expect(await because('because no service control policy allows the a:B action')).toMatchObject({
    remedy: expect.stringContaining('whoever keeps that policy'),
  });
});

test('a defect of ours is not passed off as a fact about the account', async () => {
  const asked = new Asking().in('eu-west-1')('a:B', () => Promise.reject(new TypeError('x is not a function')));
  await expect(asked).rejects.toThrow(TypeError);
});

test('what a parser quotes of an answer is not told', async () => {
  const error = awsError('SyntaxError', 'Unexpected token \'h\', "hunter2" is not valid JSON', 200);
  const answer = await new Asking().in('eu-west-1')('a:B', () => Promise.reject(error));
  expect(answer).toMatchObject({ known: false, why: 'a:B in eu-west-1 answered what AWS would not: no JSON' });
});

test('who is not asked answers nothing', async () => {
  const ask = notAsking({ why: 'region off', remedy: 'turn it on' });
  expect(await ask('a:B', () => Promise.resolve(1))).toMatchObject({ known: false, why: 'region off', action: 'a:B' });
});
