import { SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { DATA_READERS } from '../../../../../../compliance/audit/live/readers/data';
import type { Deployed, LiveReader, Reading } from '../../../../../../compliance/audit/live/reading';
import { DeployedKit } from '../../../../../support/deployed';
import { differences, unnamed } from '../../../../../support/live-readings';
import { withMoto } from '../../../../../support/moto';
import { SPOILED } from './spoiled';
import { clientsOf, idOf } from './victim';

/** What moto forgets or makes up; recorded answers stand in for it in the tests beside this one. */
const UNTRUE_HERE =
  /^AWS::(S3::Bucket \w+\.(InventoryConfigurations|ReplicationConfiguration)|Logs::LogGroup \w+\.DeletionProtectionEnabled)$/;
const UNASKED_HERE =
  /^AWS::(Budgets::Budget \w+\.(NotificationsWithSubscribers|ResourceTags)|DynamoDB::Table \w+\.KinesisStreamSpecification)$/;
/** No API tells how long a key would wait. */
const UNKNOWABLE = /^AWS::KMS::Key \w+\.PendingWindowInDays$/;

/** A topic has a policy always; moto falls over a budget that it does not know. */
const NOT_ABSENT_HERE = new Set(['AWS::SNS::TopicPolicy', 'AWS::Budgets::Budget']);

const TYPES = DATA_READERS.flatMap(({ types }) => types).toSorted();

jest.setTimeout(30_000);

let kit: DeployedKit;
/** By type, what differed when it was last read. */
const last = new Map<string, readonly string[]>();

const readerOf = (type: string): LiveReader => {
  const found = DATA_READERS.find(({ types }) => types.includes(type));
  if (!found) throw new Error(`nothing reads ${type}`);
  return found;
};

async function read(type: string): Promise<readonly Reading[]> {
  const regions = [kit.plan.region, kit.plan.copies.region];
  const all = await Promise.all(regions.map((region) => kit.read(readerOf(type), region)));
  return all.flat().filter(({ deployed }) => deployed.resource.type === type);
}

const differing = async (type: string): Promise<string[]> =>
  differences(kit.evidence.set, await read(type), kit.resources);

withMoto('readers of data services in an emulated account', () => {
  beforeAll(async () => {
    kit = await DeployedKit.start();
  }, 120_000);

  afterAll(() => kit.stop(), 30_000);

  test.each(TYPES)('%s reads as its template writes it', async (type) => {
    const readings = await read(type);
    expect(readings.length).toBeGreaterThan(0);
    expect(differences(kit.evidence.set, readings).filter((place) => !UNTRUE_HERE.test(place))).toEqual([]);
    const left = unnamed(readings).filter((place) => !UNASKED_HERE.test(place) && !UNKNOWABLE.test(place));
    expect(left).toEqual([]);
  });

  test.each(TYPES.filter((type) => !NOT_ABSENT_HERE.has(type)))(
    '%s that is not there is gone, and says nothing',
    async (type) => {
      const deployed = kit.resources.find(({ resource }) => resource.type === type);
      if (!deployed) throw new Error(`the kit has no ${type}`);
      const missing = { ...deployed, physicalId: absentId(deployed) };
      const [reading] = await readerOf(type).read([missing], kit.region(deployed.resource.stack.region));
      expect(reading).toEqual({ deployed: missing, isGone: true, properties: {} });
    },
  );

  test.each(SPOILED)('$type: $what is found, and nothing else', async ({ type, spoil, changed }) => {
    const before = last.get(type) ?? (await differing(type));
    await spoil(kit);
    const after = await differing(type);
    last.set(type, after);
    expect(after.filter((place) => !before.includes(place))).toEqual(
      changed.map((name) => expect.stringMatching(new RegExp(`^${type} \\w+\\.${name}$`)) as string),
    );
  });

  test('who listens in besides is told, and who no longer listens is gone', async () => {
    const { sns } = clientsOf(kit);
    const TopicArn = idOf(kit, 'AWS::SNS::Topic');
    const endpoint = { Protocol: 'email', Endpoint: 'stranger@example.com' };
    await sns.send(new SubscribeCommand({ TopicArn, ...endpoint }));
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: idOf(kit, 'AWS::SNS::Subscription') }));
    const topic = (await read('AWS::SNS::Topic')).find(({ deployed }) => deployed.physicalId === TopicArn);
    expect(topic?.beside).toEqual([
      {
        type: 'AWS::SNS::Subscription',
        id: 'email:stranger@example.com',
        properties: { ...endpoint, TopicArn },
      },
    ]);
    const gone = (await read('AWS::SNS::Subscription')).filter(({ isGone }) => isGone);
    expect(gone.map(({ deployed }) => deployed.physicalId)).toEqual([idOf(kit, 'AWS::SNS::Subscription')]);
  });
});

/** An id of the same shape. */
const absentId = ({ physicalId }: Deployed): string =>
  physicalId.replace(/[0-9a-z](?=[^0-9a-z]*$)/i, (last) => (last === 'z' ? 'y' : 'z'));
