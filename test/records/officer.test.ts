import {
  AssumeRoleCommand,
  type GetCallerIdentityCommandOutput,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { run } from '../../bin/commands/records/index';
import { type Ran, ran } from '../support/command';
import { NOW } from './emulated';

// Recorded answers: the emulator lets everybody take every role.
const sts = mockClient(STSClient);
const OFFICER = 'brokerage-us-us-east-1-records-officer';
const ACCOUNT = '123456789012';

const callerIs = (Arn: string, Account = ACCOUNT): Partial<GetCallerIdentityCommandOutput> => ({
  Arn,
  Account,
  UserId: 'AIDA',
});
const denied = Object.assign(new Error('not authorized'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });

const asked: string[] = [];

const client = {
  endpoint: 'http://127.0.0.1:9',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
};
const ask = (question: string): Promise<string> => Promise.resolve(asked.push(question)).then(() => '123456');

const find = (...args: string[]): Promise<Ran> =>
  ran((all, io) => run(all, io, { client, now: () => NOW, ask }), 'find', 'brokerage-us', '--person', 'P', ...args);

beforeEach(() => {
  sts.reset();
  asked.length = 0;
});

const credentials = { AccessKeyId: 'x', SecretAccessKey: 'y', SessionToken: 'z', Expiration: new Date('2099-01-01') };

/** Nothing answers where the ledger would be: whoever gets so far has the role. */
const REACHED = /^us-east-1: dynamodb:Query in us-east-1 /;

test('whoever may not take the role is told who may, and how, for every region at once', async () => {
  sts.on(GetCallerIdentityCommand).resolves(callerIs(`arn:aws:iam::${ACCOUNT}:user/somebody`));
  sts.on(AssumeRoleCommand).rejects(denied);
  const { code, err } = await find();
  expect(code).toBe(2);
  expect(err.split('\n')).toEqual([
    expect.stringMatching(
      /^us-east-1: not allowed: sts:AssumeRole of arn:.*role\/brokerage-us-us-east-1-records-officer; got arn:aws:iam::123456789012:user\/somebody, allowed the role .*, change to who may take it \(arn:.*AWSReservedSSO_VoiceRecords.*\): set AWS_PROFILE, and as an IAM user give --serial-number/,
    ),
    expect.stringMatching(/^us-east-2: not allowed: sts:AssumeRole/),
  ]);
});

test('credentials of another account are refused before a role is asked for', async () => {
  sts.on(GetCallerIdentityCommand).resolves(callerIs('arn:aws:iam::999999999999:user/somebody', '999999999999'));
  const { code, err } = await find('--region', 'us-east-1');
  expect({ code, err }).toEqual({
    code: 2,
    err: `us-east-1: got credentials of account 999999999999, allowed ${ACCOUNT} of the deployment, change AWS_PROFILE`,
  });
  expect(sts.commandCalls(AssumeRoleCommand)).toEqual([]);
});

test('whoever is in the role already takes none', async () => {
  sts.on(GetCallerIdentityCommand).resolves(callerIs(`arn:aws:sts::${ACCOUNT}:assumed-role/${OFFICER}/me`));
  expect((await find('--region', 'us-east-1')).err).toMatch(REACHED);
  expect(sts.commandCalls(AssumeRoleCommand)).toEqual([]);
});

test('the role is taken under a name that says who took it, and the taking is looked at', async () => {
  sts
    .on(GetCallerIdentityCommand)
    .resolvesOnce(callerIs(`arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_VoiceRecords/jo@example.com`))
    .resolves(callerIs(`arn:aws:sts::${ACCOUNT}:assumed-role/${OFFICER}/records-jo@example.com`));
  sts.on(AssumeRoleCommand).resolves({ Credentials: credentials });
  expect((await find('--region', 'us-east-1')).err).toMatch(REACHED);
  expect(sts.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { RoleArn: `arn:aws:iam::${ACCOUNT}:role/${OFFICER}`, RoleSessionName: 'records-jo@example.com' },
  ]);
});

test('another role than the officer’s does nothing', async () => {
  sts
    .on(GetCallerIdentityCommand)
    .resolvesOnce(callerIs(`arn:aws:iam::${ACCOUNT}:user/jo`))
    .resolves(callerIs(`arn:aws:sts::${ACCOUNT}:assumed-role/brokerage-us-us-east-1-playback/me`));
  sts.on(AssumeRoleCommand).resolves({ Credentials: credentials });
  const { code, err } = await find('--region', 'us-east-1');
  expect(code).toBe(2);
  expect(err).toMatch(/^us-east-1: got arn:.*playback\/me, allowed the role brokerage-us-us-east-1-records-officer/);
});

test('an IAM user is asked for one code, whatever the number of regions', async () => {
  const user = callerIs(`arn:aws:iam::${ACCOUNT}:user/jo`);
  sts.on(GetCallerIdentityCommand).resolves(user);
  sts.on(GetSessionTokenCommand).resolves({ Credentials: credentials });
  sts.on(AssumeRoleCommand).rejects(denied);
  await find('--serial-number', `arn:aws:iam::${ACCOUNT}:mfa/jo`);
  expect(asked).toEqual([`MFA code of arn:aws:iam::${ACCOUNT}:mfa/jo: `]);
  expect(sts.commandCalls(GetSessionTokenCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/jo`, TokenCode: '123456' },
  ]);
  expect(sts.commandCalls(AssumeRoleCommand)).toHaveLength(2);
});

test('a code that is no good is told in a line', async () => {
  sts.on(GetSessionTokenCommand).rejects(denied);
  const { code, err } = await find('--serial-number', `arn:aws:iam::${ACCOUNT}:mfa/jo`);
  expect({ code, err }).toEqual({ code: 2, err: 'us-east-1: not allowed: sts:GetSessionToken' });
});

test('a role of one’s own is taken in its place', async () => {
  const arn = `arn:aws:iam::${ACCOUNT}:role/legal/holds`;
  sts
    .on(GetCallerIdentityCommand)
    .resolvesOnce(callerIs(`arn:aws:iam::${ACCOUNT}:user/jo`))
    .resolves(callerIs(`arn:aws:sts::${ACCOUNT}:assumed-role/holds/records-jo`));
  sts.on(AssumeRoleCommand).resolves({ Credentials: credentials });
  expect((await find('--region', 'us-east-1', '--role-arn', arn)).err).toMatch(REACHED);
  expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input.RoleArn).toBe(arn);
});

test('whoever has no credentials is told what to do', async () => {
  const none = Object.assign(new Error('Could not load credentials from any providers'), {
    name: 'CredentialsProviderError',
  });
  sts.on(GetCallerIdentityCommand).rejects(none);
  const { code, err } = await find('--region', 'us-east-1');
  expect(code).toBe(2);
  expect(err).toMatch(
    /^us-east-1: no credentials: neither the environment nor a profile nor a role .*; sign in and set AWS_PROFILE, .* or run where a role is attached, and ask again$/,
  );
});
