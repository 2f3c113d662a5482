import {
  DeregisterInstanceCommand,
  InstanceNotFound,
  ListInstancesCommand,
  RegisterInstanceCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { mockClient } from 'aws-sdk-client-mock';
import { type Sight, changesFor } from '../../../media/roster/sip-directory/decide';
import { SipDirectory } from '../../../media/roster/sip-directory/directory';
import { sharesOf } from '../../../media/roster/sip-directory/shares';

const MINUTE = 60_000;
const [OWN, OTHER] = ['203-0-113-9', '203-0-113-10'];

describe('where carriers look for the edge', () => {
  const sight = (bent: Partial<Sight>): Sight => ({
    own: OWN,
    standing: 'ready',
    listed: [],
    isSteady: false,
    now: 100 * MINUTE,
    ...bent,
  });
  const isListed = [{ id: OWN, seenAt: 99 * MINUTE }];

  test.each<[string, Partial<Sight>, { enter: boolean; leave: boolean }]>([
    ['a ready node enters', {}, { enter: true, leave: false }],
    ['a ready node says again that it is there', { listed: isListed }, { enter: true, leave: false }],
    ['a node that was never ready waits', { standing: 'other' }, { enter: false, leave: false }],
    [
      'one that is in and has no media node stays',
      { standing: 'other', listed: isListed },
      { enter: true, leave: false },
    ],
    ['one that drains leaves', { standing: 'draining', listed: isListed }, { enter: false, leave: true }],
    ['one that drains and is out does nothing', { standing: 'draining' }, { enter: false, leave: false }],
  ])('%s', (_, bent, expected) => {
    expect(changesFor(sight(bent))).toMatchObject(expected);
  });

  test.each<[string, Partial<Sight>, string[]]>([
    ['a node that has been silent for long is taken out by the others', { isSteady: true }, [OTHER]],
    ['but not by one that cannot write itself: the silence may be the directory', { isSteady: false }, []],
    ['and not one that was just heard of', { isSteady: true, now: 4 * MINUTE }, []],
  ])('%s', (_, bent, forget) => {
    const listed = [
      { id: OTHER, seenAt: 0 },
      { id: OWN, seenAt: 0 },
    ];
    expect(changesFor(sight({ listed, ...bent })).forget).toEqual(forget);
  });
});

describe("this node's entries", () => {
  const cloudMap = mockClient(ServiceDiscoveryClient);
  let now: number;
  let directory: SipDirectory;
  const entered = () => cloudMap.commandCalls(RegisterInstanceCommand).map(({ args }) => args[0].input.ServiceId);
  const left = () => cloudMap.commandCalls(DeregisterInstanceCommand).map(({ args }) => args[0].input);
  const lists = (...ids: [string, number][]) =>
    cloudMap.on(ListInstancesCommand).resolves({
      Instances: ids.map(([Id, at]) => ({ Id, Attributes: { VOICECELL_SEEN_AT: new Date(at).toISOString() } })),
    });

  beforeEach(() => {
    cloudMap.reset();
    cloudMap.onAnyCommand().resolves({});
    now = 0;
    directory = new SipDirectory({
      client: new ServiceDiscoveryClient({ region: 'us-east-1' }),
      address: '203.0.113.9',
      host: { serviceId: 'host' },
      transports: [{ serviceId: 'tls', port: 5061 }],
      now: () => now,
    });
  });

  test('its address stands before the service that points to it, and carries when it was written', async () => {
    await directory.keep('ready');
    expect(entered()).toEqual(['host', 'tls']);
    expect(cloudMap.commandCalls(RegisterInstanceCommand)[1]?.args[0].input).toMatchObject({
      InstanceId: OWN,
      Attributes: {
        AWS_INSTANCE_IPV4: '203.0.113.9',
        AWS_INSTANCE_PORT: '5061',
        VOICECELL_SEEN_AT: '1970-01-01T00:00:00.000Z',
      },
    });
  });

  test('it is written again once a minute, the address alone', async () => {
    for (; now <= 2 * MINUTE; now += 5_000) {
      await directory.keep('ready');
      lists([OWN, now]);
    }
    expect(entered()).toEqual(['host', 'tls', 'host', 'host']);
  });

  test('it is taken out as soon as the node drains, the service first', async () => {
    await directory.keep('ready');
    lists([OWN, 0]);
    now += 5_000;
    await directory.keep('draining');
    await directory.keep('draining');
    expect(left()).toEqual([
      { ServiceId: 'tls', InstanceId: OWN },
      { ServiceId: 'host', InstanceId: OWN },
    ]);
    expect(directory.ids).toEqual([]);
  });

  test('what failed is tried again after ten seconds, and an entry that is gone is no failure', async () => {
    await directory.keep('ready');
    lists([OWN, 0]);
    cloudMap.on(DeregisterInstanceCommand).rejectsOnce(new Error('Throttling'));
    await expect(directory.keep('draining')).rejects.toThrow('Throttling');
    now += 5_000;
    await directory.keep('draining');
    expect(left()).toHaveLength(1);
    cloudMap.on(DeregisterInstanceCommand).rejects(new InstanceNotFound({ message: 'gone', $metadata: {} }));
    now += 5_000;
    await directory.keep('draining');
    expect(left()).toHaveLength(3);
  });

  test('an entry that nobody has renewed for five minutes is taken out by who has been heard all that time', async () => {
    for (; now <= 5 * MINUTE; now += MINUTE) {
      lists([OWN, now], [OTHER, 0]);
      await directory.keep('ready');
    }
    expect(left()).toEqual([]);
    expect(directory.ids).toEqual([OWN, OTHER]);
    lists([OWN, now], [OTHER, 0]);
    await directory.keep('ready');
    expect(left().map(({ InstanceId }) => InstanceId)).toEqual([OTHER, OTHER]);
    expect(directory.ids).toEqual([OWN]);
  });

  test('a list of several pages is read to its end', async () => {
    cloudMap.on(ListInstancesCommand).resolvesOnce({ Instances: [{ Id: 'a' }], NextToken: 'more' });
    cloudMap.on(ListInstancesCommand, { NextToken: 'more' }).resolves({ Instances: [{ Id: 'b' }] });
    await directory.keep('ready');
    expect(directory.ids).toEqual([OWN, 'a', 'b']);
  });
});

describe("the nodes' shares of what a carrier declared", () => {
  const carrier = { name: 'one', maxCalls: 100, maxCallsPerSecond: 5 };

  test.each([1, 2, 3, 7, 8, 120])('of %i nodes add up to the whole and differ by one at most', (count) => {
    const ids = Array.from({ length: count }, (_, index) => `203-0-113-${index}`);
    const shares = ids.map((id) => sharesOf([carrier], ids, id)?.[0]);
    for (const field of ['maxCalls', 'maxCallsPerSecond'] as const) {
      const values = shares.map((share) => share?.[field] ?? -1);
      expect(values.reduce((sum, value) => sum + value, 0)).toBe(carrier[field]);
      expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(1);
    }
  });

  test('are the same in whatever order the directory lists them', () => {
    const ids = ['c', 'a', 'b'];
    expect(sharesOf([carrier], ids, 'c')).toEqual(sharesOf([carrier], ids.toSorted(), 'c'));
  });

  test('are unknown to who is not in the list: it keeps what it had', () => {
    expect(sharesOf([carrier], [OTHER], OWN)).toBeUndefined();
  });
});
