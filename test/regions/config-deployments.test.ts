import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../bin/commands/schema';
import committedSchema from '../../regions/config/deployment.schema.json';
import { formatProblem, readDeployment } from '../../regions/config';
import { deploymentJsonSchema } from '../../regions/config/json-schema';
import { INFERENCE_TIERS, type DeploymentConfig } from '../../regions/config/schema';
import { lockedImage, readLock } from '../../regions/lock';

const FOLDER = path.join(__dirname, '../../regions/deployments');
const SHIPPED = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));

function shipped(file: string): DeploymentConfig {
  const result = readDeployment(path.join(FOLDER, file));
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.config;
}

test('four deployments are shipped', () => {
  expect(SHIPPED.toSorted()).toStrictEqual(['brokerage-us.yaml', 'europe.yaml', 'healthcare-us.yaml', 'sandbox.yaml']);
});

describe.each(SHIPPED)('%s', (file) => {
  const config = shipped(file);

  test('is named like its file', () => {
    expect(`${config.deployment}.yaml`).toBe(file);
  });

  test('belongs to an account of documentation', () => {
    expect(['111122223333', '123456789012']).toContain(config.account);
  });

  test('points editors at the schema', () => {
    const [first] = readFileSync(path.join(FOLDER, file), 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../config/deployment.schema.json');
  });

  test('uses images the lock file lists', () => {
    const lock = readLock();
    const known = lock.ok ? Object.keys(lock.lock.images) : [];
    const images = Object.values(config.regions).flatMap((region) =>
      INFERENCE_TIERS.map((tier) => region.inference[tier].image),
    );
    expect(known).toStrictEqual(expect.arrayContaining(images));
    expect(lock.ok && lockedImage(lock.lock, 'never/heard:of')).toBeUndefined();
  });
});

test('only the sandbox can be undone', () => {
  const accepted = SHIPPED.map(shipped).filter(({ acceptIrreversible }) => acceptIrreversible);
  expect(accepted.map(({ purpose }) => purpose)).toStrictEqual(['production', 'production', 'production']);
});

test('the schema for editors is the one the reader uses (voicecell schema prints it)', () => {
  expect(committedSchema).toStrictEqual(JSON.parse(JSON.stringify(deploymentJsonSchema())));
});

const called = async (args: string[]) => {
  const said: string[] = [];
  const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text) };
  return { code: await run(args, io), said: said.join('\n') };
};

describe('voicecell schema', () => {
  test('prints the schema', async () => {
    const { code, said } = await called([]);
    expect(code).toBe(0);
    expect(JSON.parse(said)).toStrictEqual(committedSchema);
  });

  test('takes no argument', async () => {
    expect(await called(['europe'])).toStrictEqual({ code: 2, said: 'voicecell schema: unexpected argument europe' });
  });
});
