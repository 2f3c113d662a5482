import type { Ask } from '../../../../../../aws/ask';
import { PLATFORM_READERS } from '../../../../../../compliance/audit/live/readers/platform';
import type { Deployed, LiveReader, LiveRegion, Reading } from '../../../../../../compliance/audit/live/reading';
import { DeployedKit } from '../../../../../support/deployed';
import { differences, unnamed } from '../../../../../support/live-readings';
import { withMoto } from '../../../../../support/moto';
import { Account } from './account';
import { SPOILED_COMPUTE } from './spoiled-compute';
import { SPOILED_NETWORK } from './spoiled-network';

/** What moto forgets or makes up; recorded answers stand in for it in the tests beside this one. */
const UNTRUE_HERE = new Set([
  'AWS::AutoScaling::AutoScalingGroup.InstanceMaintenancePolicy',
  'AWS::EC2::SecurityGroup.SecurityGroupEgress',
  'AWS::EC2::SecurityGroupEgress.Description',
  'AWS::EC2::SecurityGroupIngress.Description',
  'AWS::ECS::Service.AvailabilityZoneRebalancing',
  'AWS::ServiceDiscovery::PrivateDnsNamespace.Vpc',
]);

/** What readers leave unread, and what moto cannot be asked for. */
const UNREAD = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget.Tags',
  'AWS::CloudWatch::Dashboard.DashboardBody',
  'AWS::CloudWatch::Dashboard.Tags',
  'AWS::Logs::QueryDefinition.LogGroupNames',
  'AWS::Logs::QueryDefinition.Name',
  'AWS::Logs::QueryDefinition.QueryString',
]);

/** Of a region with one cell of five tiers. */
const ASKED_MORE_THAN_ONCE = {
  'autoscaling:DescribeLifecycleHooks': 2,
  'ec2:DescribeVpcAttribute': 2,
  'ecs:DescribeTaskDefinition': 5,
  'servicediscovery:ListServices': 2,
  'servicediscovery:ListTagsForResource': 10,
};

let kit: DeployedKit;

/** Without the logical id. */
const kindOf = (place: string): string => place.replace(/ \w+/, '');

const isUntrue = (place: string): boolean => UNTRUE_HERE.has(kindOf(place));

const nameOf = ({ resource: { type, logicalId } }: Deployed): string => `${type} ${logicalId}`;

const HOOKS = 'LifecycleHookSpecificationList';

/** Without the queue and the role that moto makes up for every hook. */
const asTold = (reading: Reading): Reading => {
  const hooks = reading.properties[HOOKS];
  if (!Array.isArray(hooks)) return reading;
  const told = hooks.map((hook: object) => ({ ...hook, NotificationTargetARN: undefined, RoleARN: undefined }));
  return { ...reading, properties: { ...reading.properties, [HOOKS]: told } };
};

/** Everything that readings say is not as the templates write it. */
const found = (readings: readonly Reading[]): string[] =>
  [
    ...differences(kit.evidence.set, readings.map(asTold), kit.resources).filter((place) => !isUntrue(place)),
    ...readings.flatMap(({ deployed, isGone }) => (isGone ? [`${nameOf(deployed)} is gone`] : [])),
    ...readings.flatMap(({ deployed, beside = [] }) => beside.map(({ type }) => `${nameOf(deployed)} has ${type}`)),
  ].toSorted();

const readEverything = async (region?: LiveRegion): Promise<readonly Reading[]> => {
  const readings = PLATFORM_READERS.map((reader) => (region ? reader.read(ofTypes(reader), region) : kit.read(reader)));
  return (await Promise.all(readings)).flat();
};

const ofTypes = ({ types }: LiveReader): readonly Deployed[] =>
  kit.resources.filter(({ resource }) => types.includes(resource.type) && resource.stack.region === kit.plan.region);

/** The account, where some actions are not allowed; hears of all that is asked. */
const listening = (heard: string[], denied: (action: string) => boolean = () => false): LiveRegion => {
  const region = kit.region();
  const ask: Ask = (action, read) => {
    heard.push(action);
    if (denied(action))
      return Promise.resolve({ known: false, action, why: `not allowed: ${action}`, remedy: 'allow it' });
    return region.ask(action, read);
  };
  return { ...region, ask };
};

const PRESENT = PLATFORM_READERS.filter(
  ({ types }) => !types.some((type) => ['AWS::EC2::PlacementGroup', 'AWS::EC2::CapacityReservation'].includes(type)),
);
/** The sandbox has no queue to bridge to; `recorded.test.ts` has what the reader makes of one. */
const UNBRIDGED = { type: 'AWS::EC2::TransitGatewayVpcAttachment', action: 'ec2:DescribeTransitGatewayVpcAttachments' };
const TYPES = PRESENT.flatMap(({ types }) => types)
  .filter((type) => type !== UNBRIDGED.type)
  .toSorted();
const ACTIONS = PRESENT.flatMap((reader) =>
  reader.actions
    .filter((action) => action !== UNBRIDGED.action)
    .map((action) => ({ reader, action, of: reader.types[0] })),
);

withMoto('readers of networks and compute in an emulated account', () => {
  beforeAll(async () => {
    kit = await DeployedKit.start();
  }, 120_000);

  afterAll(() => kit.stop(), 30_000);

  test.each(TYPES)('%s reads as its template writes it', async (type) => {
    const reader = PRESENT.find(({ types }) => types.includes(type));
    const readings = reader ? await kit.read(reader) : [];
    const own = readings.filter(({ deployed }) => deployed.resource.type === type);
    expect(own.length).toBeGreaterThan(0);
    expect(found(own)).toEqual([]);
    expect(unnamed(own).filter((place) => !UNREAD.has(kindOf(place)))).toEqual([]);
  });

  test('each reader gives one reading for each resource', async () => {
    const readings = await readEverything();
    const read = readings.map(({ deployed }) => deployed);
    expect(new Set(read).size).toBe(read.length);
    expect(read.length).toBe(PLATFORM_READERS.flatMap(ofTypes).length);
  });

  test('each action is one question for all, but where AWS tells no more than one thing at once', async () => {
    const heard: string[] = [];
    await readEverything(listening(heard));
    const again = heard.filter((action, at) => heard.indexOf(action) !== at);
    const times = new Map(again.map((action) => [action, heard.filter((one) => one === action).length]));
    expect(Object.fromEntries(times)).toEqual(ASKED_MORE_THAN_ONCE);
    expect(new Set(heard)).toEqual(new Set(ACTIONS.map(({ action }) => action)));
  });

  test.each(ACTIONS)('$of names $action where it is not allowed', async ({ reader, action }) => {
    const readings = await reader.read(
      ofTypes(reader),
      listening([], (asked) => asked === action),
    );
    expect(readings.length).toBe(ofTypes(reader).length);
    const denied = readings.flatMap(({ unread = [] }) => unread).filter((unread) => unread.action === action);
    expect(new Set(denied.map(({ why }) => why))).toEqual(new Set([`not allowed: ${action}`]));
    expect(readings.some(({ isGone }) => isGone)).toBe(false);
  });

  test('an account that answers nothing is read as unread, and nothing in it as gone', async () => {
    const readings = await readEverything(listening([], () => true));
    expect(readings.every(({ isGone, unread = [] }) => !isGone && unread.length > 0)).toBe(true);
    expect(found(readings)).toEqual([]);
  });

  test.each([...SPOILED_NETWORK, ...SPOILED_COMPUTE])(
    '$what is found, and nothing else',
    async ({ spoil, found: expected }) => {
      const before = found(await readEverything());
      await spoil(new Account(kit));
      const after = found(await readEverything());
      for (const one of before) if (after.includes(one)) after.splice(after.indexOf(one), 1);
      expect(after.map(kindOf)).toEqual(expected);
    },
  );
});
