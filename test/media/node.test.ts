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
    expect(node.did('mount')).toEqual([expect.stringContaining('LABEL=vc-spool')]);
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

interface Machine {
  readonly tier: string;
  readonly disks: Readonly<Record<string, { readonly model: string; readonly partitions: number }>>;
  /** Disks on which `blkid` finds nothing. */
  readonly blank: readonly string[];
  readonly commands?: Readonly<Record<string, string>>;
}

/** Runs the script with stand-ins for everything that would touch the machine. */
function boot({ tier, disks, blank, commands = {} }: Machine) {
  const list = Object.entries(disks).map(([name, { model }]) => `echo "/dev/${name} ${model}"`);
  const lines = Object.entries(disks).map(([name, { partitions }]) => `*/${name}) seq ${partitions + 1} ;;`);
  const stands: Record<string, string> = {
    lsblk: `case "$*" in --nodeps*) ${list.join('; ') || ':'} ;; ${lines.join(' ')} esac`,
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
