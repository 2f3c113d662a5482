import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'media', 'boot', 'node.sh');
const EBS = 'Amazon Elastic Block Store';
const NVME = 'Amazon EC2 NVMe Instance Storage';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'node-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

describe('a media node that boots', () => {
  const disks = { nvme0n1: { model: EBS, partitions: 2 }, nvme1n1: { model: EBS, partitions: 0 } };

  test('formats the blank spool volume, not the root volume, and mounts it', () => {
    const node = boot({ tier: 'media', disks, blank: ['nvme1n1'] });
    expect(node.exit).toBe(0);
    expect(node.did('mkfs.xfs')).toEqual(['-q -L vc-spool /dev/nvme1n1']);
    expect(node.did('mount')).toEqual([expect.stringMatching(/ \/dev\/nvme1n1 \S+spool$/)]);
  });

  test('finds its own spool after a reboot, whatever spools of others are beside it', () => {
    boot({ tier: 'media', disks, blank: ['nvme1n1'] });
    const moved = { nvme0n1: disks.nvme0n1, nvme1n1: { ...disks.nvme1n1, serial: 'vol0b' } };
    const node = boot({
      tier: 'media',
      disks: { ...moved, nvme2n1: { ...disks.nvme1n1, serial: 'vol-of-nvme1n1' } },
      blank: [],
    });
    expect(node.exit).toBe(0);
    expect(node.did('mount')).toEqual([expect.stringMatching(/ \/dev\/nvme2n1 \S+spool$/)]);
  });

  test('makes the spool and the folder of adopted ones for who writes and reads there', () => {
    const node = boot({ tier: 'media', disks, blank: [] });
    expect(node.did('install')).toContainEqual(
      expect.stringMatching(/^-d -o 10001 -g 10001 -m 2770 \S+\/spool \S+\/adopted$/),
    );
  });

  test('never formats a volume that holds anything', () => {
    const node = boot({ tier: 'media', disks, blank: [] });
    expect(node.did('mkfs.xfs')).toEqual([]);
    expect(node.did('mount')).toHaveLength(1);
  });

  test('is not ready without its spool volume', () => {
    const node = boot({ tier: 'media', disks: { nvme0n1: disks.nvme0n1 }, blank: [] });
    expect(node.exit).not.toBe(0);
    expect(node.did('mount')).toEqual([]);
  });
});

describe('an inference node that boots', () => {
  test('puts its scratch space on local NVMe', () => {
    const disks = { nvme0n1: { model: EBS, partitions: 2 }, nvme1n1: { model: NVME, partitions: 0 } };
    const node = boot({ tier: 'llm', disks, blank: ['nvme1n1'] });
    expect(node.did('mkfs.xfs')).toEqual(['-q -L vc-nvme /dev/nvme1n1']);
    expect(node.did('mount')).toHaveLength(1);
  });

  test('makes do with the root volume where the instance has none', () => {
    const node = boot({ tier: 'llm', disks: { nvme0n1: { model: EBS, partitions: 2 } }, blank: [] });
    expect(node.exit).toBe(0);
    expect(node.did('mount')).toEqual([]);
  });
});

test('an edge node that gets no address is not ready', () => {
  expect(boot({ tier: 'edge', disks: {}, blank: [], commands: { python3: 'exit 1' } }).exit).toBe(1);
});

interface Disk {
  readonly model: string;
  readonly partitions: number;
  /** @default `vol-of-` and its name */
  readonly serial?: string;
}

interface Machine {
  readonly tier: string;
  readonly disks: Readonly<Record<string, Disk>>;
  /** Disks on which `blkid` finds nothing. */
  readonly blank: readonly string[];
  readonly commands?: Readonly<Record<string, string>>;
}

/** Runs the script with stand-ins for everything that would touch the machine. */
function boot({ tier, disks, blank, commands = {} }: Machine) {
  const list = Object.entries(disks).map(([name, { model }]) => `echo "/dev/${name} ${model}"`);
  const lines = Object.entries(disks).map(([name, { partitions }]) => `*/${name}) seq ${partitions + 1} ;;`);
  const serials = Object.entries(disks).map(
    ([name, { serial }]) => `*SERIAL*/${name}) echo ${serial ?? `vol-of-${name}`} ;;`,
  );
  const stands: Record<string, string> = {
    lsblk: `case "$*" in ${serials.join(' ')} --nodeps*) ${list.join('; ') || ':'} ;; ${lines.join(' ')} esac`,
    blkid: `case "$2" in ${blank.map((name) => `/dev/${name}) exit 2 ;;`).join(' ')} esac`,
    mountpoint: 'exit 1',
    ...Object.fromEntries(['mkfs.xfs', 'udevadm', 'mount', 'install', 'sleep', 'python3'].map((name) => [name, ''])),
    ...commands,
  };
  for (const [name, body] of Object.entries(stands)) standIn(name, body);
  const { status } = spawnSync('bash', [SCRIPT, settings(tier)], {
    env: { PATH: `${directory}:${process.env['PATH']}` },
  });
  return { exit: status, did: (command: string) => calls(command) };
}

function standIn(name: string, body: string): void {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/bash\necho "$*" >>'${path}.calls'\n${body}\n`);
  writeFileSync(`${path}.calls`, '');
  chmodSync(path, 0o755);
}

const calls = (command: string): string[] =>
  readFileSync(join(directory, `${command}.calls`), 'utf8')
    .split('\n')
    .filter(Boolean);

function settings(tier: string): string {
  const file = join(directory, 'node.env');
  const paths = {
    RUN_DIRECTORY: 'run',
    SPOOL_DIRECTORY: 'spool',
    SPOOL_VOLUME_FILE: 'state/spool-volume',
    ADOPTED_DIRECTORY: 'adopted',
    SCRATCH_DIRECTORY: 'scratch',
    PUBLIC_ADDRESS_FILE: 'address',
  };
  const values = {
    TIER: tier,
    DEPLOYMENT: 'demo',
    CELL: 'use1-az4',
    REGION: 'us-east-1',
    OWNER_UID: '10001',
    OWNER_GID: '10001',
  };
  const all = [
    ...Object.entries(values),
    ...Object.entries(paths).map(([name, path]) => [name, join(directory, path)] as const),
  ];
  writeFileSync(file, all.map(([name, value]) => `${name}=${value}\n`).join(''));
  return file;
}
