import { GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { GROUPS } from '.';
import { clients, FACTS, plan, VAULT } from './answers';
import { Aws } from './aws';
import { type Assertion, judge } from './check';

const NOWHERE = {
  endpoint: 'http://127.0.0.1:9',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
};

afterEach(() => {
  for (const client of Object.values(clients)) client.reset();
});

/** What one assertion says of an account that answers so. */
async function asserted(group: keyof typeof GROUPS, what: string): Promise<Assertion> {
  const aws = new Aws(NOWHERE);
  const found = GROUPS[group]?.(plan, aws).filter((one) => one.what === what) ?? [];
  const [assertion, ...others] = await judge(found);
  aws.close();
  if (!assertion || others.length > 0) throw new Error(`${found.length} assertions are called ${what}`);
  return assertion;
}

describe('an assertion', () => {
  test.each(FACTS)('fails on $wrong, and only on it', async ({ group, assertion, answer }) => {
    answer(true);
    await expect(asserted(group, assertion)).resolves.toMatchObject({ holds: true });
    answer(false);
    await expect(asserted(group, assertion)).resolves.toMatchObject({ holds: false });
  });

  test('fails when the account cannot be asked, and says why', async () => {
    clients.s3.on(GetObjectLockConfigurationCommand).rejects(new Error('AccessDenied'));
    const { holds, found } = await asserted('records', `bucket ${VAULT}: Object Lock`);
    expect(holds).toBe(false);
    expect(found).toContain('AccessDenied');
  });

  test.each(Object.entries(GROUPS))('of %s holds nowhere when nothing answers', async (_, checks) => {
    const aws = new Aws(NOWHERE);
    const assertions = await judge(checks(plan, aws));
    aws.close();
    expect(assertions.length).toBeGreaterThan(0);
    expect(assertions.filter(({ holds }) => holds)).toEqual([]);
  });

  test('of one name stands once, so that a failing one is found by its words', () => {
    const aws = new Aws(NOWHERE);
    const words = Object.values(GROUPS).flatMap((checks) => checks(plan, aws).map(({ what }) => what));
    expect(words.filter((what, index) => words.indexOf(what) !== index)).toEqual([]);
  });
});
