import { FakeVolumes } from '../support/fake-volumes';
import { MediaMachine } from '../support/media-machine';
import { describeWithPython } from '../support/python';

const CALL = ['c1.call.json', 'c1.raw'];
const FAULT = 'voicecell:spool-fault';

let aws: FakeVolumes;
let node: MediaMachine;

beforeEach(async () => {
  aws = await FakeVolumes.start();
  node = new MediaMachine(aws, 'i-1');
});

afterEach(async () => {
  node.destroy();
  await aws.stop();
});

/** A spool with a call on it whose node is gone. */
function orphan(id: string, files: readonly string[] = CALL): void {
  aws.add(id);
  node.holds(id, files);
}

describeWithPython('adopt-spool')('a media node', () => {
  test('mounts the spool of a node that is gone for its recorder, by device', async () => {
    orphan('vol-a');
    expect(await node.adopt()).toMatchObject({ exit: 0 });
    expect(node.mounted()).toEqual({ 'vol-a': CALL });
    expect(node.did('mount')).toEqual([
      expect.stringMatching(/^-t xfs -o noatime,nodev,nosuid,noexec \/dev\/vola \S+$/),
    ]);
  });

  test('gives it another label, so that only its own spool is called vc-spool', async () => {
    orphan('vol-a');
    await node.adopt();
    expect(node.did('xfs_io')).toEqual([expect.stringContaining('-c label -s vc-adopted ')]);
  });

  test('keeps it while it holds a file of a call, and deletes it once it holds none', async () => {
    orphan('vol-a', ['c1.raw', 'server.json']);
    await node.adopt();
    await node.adopt();
    expect(aws.volumes.get('vol-a')).toMatchObject({ holder: 'i-1' });
    node.removeCall('vol-a', 'c1.raw');
    await node.adopt();
    expect([...aws.volumes.keys()]).toEqual(['vol-own-i-1']);
    expect(node.mounted()).toEqual({});
  });

  test('asks for the spools of its deployment and cell, by session token and signed', async () => {
    await node.adopt();
    expect(aws.refused).toEqual([]);
    expect(aws.filters).toEqual({
      'tag:voicecell:deployment': 'demo',
      'tag:voicecell:cell': 'use1-az4',
      'tag:voicecell:spool': 'use1-az4',
    });
  });

  test('takes two at once and leaves the third to others', async () => {
    for (const id of ['vol-a', 'vol-b', 'vol-c']) orphan(id);
    await node.adopt();
    expect(Object.keys(node.mounted())).toEqual(['vol-a', 'vol-b']);
    expect(aws.volumes.get('vol-c')?.holder).toBeUndefined();
  });

  test('leaves a spool to the node that was faster', async () => {
    orphan('vol-a');
    aws.beforeAttach = () => Object.assign(aws.volumes.get('vol-a') ?? {}, { holder: 'i-9', attachment: 'attached' });
    const { exit, log } = await node.adopt();
    expect({ exit, log }).toEqual({ exit: 0, log: '<6>adopt-spool: attach vol-a: VolumeInUse\n' });
    expect(aws.volumes.get('vol-a')).toMatchObject({ holder: 'i-9' });
  });

  test('goes on after a reboot with what is still attached', async () => {
    orphan('vol-a');
    await node.adopt();
    node.reboot();
    await node.adopt();
    expect(node.mounted()).toEqual({ 'vol-a': CALL });
    expect(aws.asked).toEqual(['AttachVolume vol-a']);
  });

  test('takes nothing new once it is leaving, and still lets go of what is empty', async () => {
    orphan('vol-a', []);
    orphan('vol-b');
    Object.assign(aws.volumes.get('vol-a') ?? {}, { holder: 'i-1', attachment: 'attached' });
    node.plug('vol-a');
    aws.lifecycleState = 'Terminated';
    await node.adopt();
    expect(aws.asked).toEqual(['DetachVolume vol-a', 'DeleteVolume vol-a']);
  });

  test('does nothing while its own spool is not mounted', async () => {
    orphan('vol-a');
    node.loseSpool();
    expect(await node.adopt()).toMatchObject({
      exit: 1,
      log: expect.stringMatching(/^<3>.*nothing is mounted at .*\n$/),
    });
    expect(aws.asked).toEqual([]);
  });

  test('lets no spool go while somebody has a file open on it', async () => {
    orphan('vol-a', []);
    node.busy = true;
    const { log } = await node.adopt();
    expect(log).toContain('<3>adopt-spool: empty vol-a: umount: ');
    expect(aws.asked).toEqual(['AttachVolume vol-a']);
    node.busy = false;
    await node.adopt();
    expect(aws.volumes.has('vol-a')).toBe(false);
  });
});

describeWithPython('adopt-spool')('a spool that', () => {
  test('cannot be mounted is told, marked, let go and not tried again', async () => {
    orphan('vol-a');
    node.breaks('vol-a');
    const { log } = await node.adopt();
    expect(log).toMatch(/^<3>.*vol-a is kept for a person to look at: mount: \S+ wrong fs type, bad superblock$/m);
    await node.adopt();
    expect(aws.volumes.get('vol-a')).toMatchObject({ tags: { [FAULT]: 'mount' } });
    expect(aws.volumes.get('vol-a')?.holder).toBeUndefined();
    expect(aws.asked).toEqual(['AttachVolume vol-a', 'CreateTags vol-a', 'DetachVolume vol-a']);
    expect(node.mounted()).toEqual({});
  });

  test('is there for a moment while its node is launched is not touched', async () => {
    aws.add('vol-new', { ageSeconds: 60 });
    await node.adopt();
    expect(aws.asked).toEqual([]);
  });

  test('this run did not see empty is not deleted, whatever another left', async () => {
    orphan('vol-a', []);
    aws.refusals['DeleteVolume'] = 'UnauthorizedOperation';
    await node.adopt();
    delete aws.refusals['DeleteVolume'];
    node.holds('vol-a', CALL);
    await node.adopt();
    expect(aws.asked.at(-1)).toBe('AttachVolume vol-a');
    expect(node.mounted()).toEqual({ 'vol-a': CALL });
  });
});

describeWithPython('adopt-spool')('an answer that fails', () => {
  test.each(['DescribeVolumes', 'AttachVolume', 'DetachVolume', 'DeleteVolume'])(
    'of %s is told in one line and tried again by the next run',
    async (action) => {
      orphan('vol-a', []);
      if (action === 'DescribeVolumes') aws.failures = ['RequestLimitExceeded'];
      else aws.refusals[action] = 'RequestLimitExceeded';
      const { log } = await node.adopt();
      expect(log.match(/RequestLimitExceeded/g)).toHaveLength(1);
      expect(aws.volumes.has('vol-a')).toBe(true);
      delete aws.refusals[action];
      await node.adopt();
      expect(aws.volumes.has('vol-a')).toBe(false);
    },
  );

  test('of CreateTags leaves a broken spool attached and is tried again', async () => {
    orphan('vol-a');
    node.breaks('vol-a');
    aws.refusals['CreateTags'] = 'UnauthorizedOperation';
    await node.adopt();
    expect(aws.volumes.get('vol-a')).toMatchObject({ holder: 'i-1' });
    delete aws.refusals['CreateTags'];
    await node.adopt();
    expect(aws.volumes.get('vol-a')).toMatchObject({ tags: { [FAULT]: 'mount' } });
  });
});

describeWithPython('adopt-spool')('nodes of a cell', () => {
  test('share the spools of those that are gone, and each is emptied once', async () => {
    const others = ['i-2', 'i-3'].map((instance) => new MediaMachine(aws, instance));
    const nodes = [node, ...others];
    const ids = ['vol-a', 'vol-b', 'vol-c', 'vol-d', 'vol-e', 'vol-f'];
    for (const id of ids) {
      aws.add(id);
      for (const one of nodes) one.holds(id, CALL);
    }
    for (let run = 0; run < 2; run += 1) await Promise.all(nodes.map((one) => one.adopt()));
    const held = nodes.flatMap((one) => Object.keys(one.mounted()));
    expect(held.toSorted()).toEqual(ids);
    for (const one of others) one.destroy();
  });
});
