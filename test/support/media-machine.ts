import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeVolumes, Slots } from './fake-volumes';

const SCRIPT = join(__dirname, '..', '..', 'media', 'boot', 'adopt-spool.py');

/** `<disk>` is there while a volume is plugged in and says where it is mounted; what is on it lies in `<content>`. */
const COMMANDS = {
  lsblk: `out=; for disk in disks/*; do
      mounted=null; [ -s "$disk" ] && mounted="\\"$(cat "$disk")\\""
      out="$out,{\\"path\\":\\"/dev/\${disk#disks/}\\",\\"serial\\":\\"\${disk#disks/}\\",\\"mountpoints\\":[$mounted]}"
    done; echo "{\\"blockdevices\\":[\${out#,}]}"`,
  mount: `place="\${@: -1}"; disk="\${@: -2:1}"; name=\${disk#/dev/}
    [ -e "broken/$name" ] && { echo "mount: $place: wrong fs type," >&2; echo "bad superblock" >&2; exit 32; }
    echo -n "$place" >"disks/$name"; cp -a "content/$name/." "$place"`,
  umount: `[ -e busy ] && { echo "umount: $1: target is busy." >&2; exit 32; }
    for disk in disks/*; do if [ "$(cat "$disk")" = "$1" ]; then : >"$disk"; name=\${disk#disks/}; fi; done
    [ -n "$name" ] || exit 32
    rm -r "content/$name"; mkdir "content/$name"; cp -a "$1/." "content/$name"; rm -rf "$1"; mkdir "$1"`,
  xfs_io: '',
};

export interface Run {
  readonly exit: number | null;
  readonly log: string;
}

/** A media node whose commands that touch disks are stand-ins, in a folder of its own. */
export class MediaMachine implements Slots {
  readonly instance: string;
  private readonly aws: FakeVolumes;
  private readonly folder = mkdtempSync(join(tmpdir(), 'media-machine-'));
  private readonly spool = join(this.folder, 'spool');
  private readonly adopted = join(this.folder, 'adopted');

  constructor(aws: FakeVolumes, instance: string) {
    this.aws = aws;
    this.instance = instance;
    for (const name of ['disks', 'content', 'broken', 'adopted', 'bin']) mkdirSync(join(this.folder, name));
    for (const [name, body] of Object.entries(COMMANDS)) this.standIn(name, body);
    aws.slots.set(instance, this);
    aws.add(`vol-own-${instance}`, { holder: instance, device: '/dev/sdf' });
    this.plug(`vol-own-${instance}`);
    writeFileSync(this.disk(`vol-own-${instance}`), this.spool);
  }

  destroy(): void {
    rmSync(this.folder, { recursive: true });
  }

  plug(volume: string): void {
    mkdirSync(this.content(volume), { recursive: true });
    writeFileSync(this.disk(volume), '');
  }

  unplug(volume: string): void {
    rmSync(this.disk(volume));
  }

  /** Puts files on a volume before it comes here. */
  holds(volume: string, files: readonly string[]): void {
    mkdirSync(this.content(volume), { recursive: true });
    for (const name of files) writeFileSync(join(this.content(volume), name), 'x');
  }

  breaks(volume: string): void {
    writeFileSync(join(this.folder, 'broken', serial(volume)), '');
  }

  /** Whether the recorder has a file open on an adopted volume. */
  set busy(is: boolean) {
    if (is) writeFileSync(join(this.folder, 'busy'), '');
    else rmSync(join(this.folder, 'busy'));
  }

  /** The adopted spools as the recorder sees them: volume → files. */
  mounted(): Record<string, string[]> {
    const folders = readdirSync(this.adopted);
    return Object.fromEntries(folders.map((name) => [name, readdirSync(join(this.adopted, name)).toSorted()]));
  }

  /** What the recorder does once the vault has it. */
  removeCall(volume: string, file: string): void {
    rmSync(join(this.adopted, volume, file));
  }

  /** As after a power failure: nothing is mounted but the node's own spool. */
  reboot(): void {
    for (const name of readdirSync(join(this.folder, 'disks')))
      if (!name.startsWith('volown')) writeFileSync(join(this.folder, 'disks', name), '');
    for (const name of readdirSync(this.adopted)) rmSync(join(this.adopted, name), { recursive: true });
  }

  loseSpool(): void {
    writeFileSync(this.disk(`vol-own-${this.instance}`), '');
  }

  did(command: string): string[] {
    const file = join(this.folder, 'bin', `${command}.calls`);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  }

  async adopt(env: Record<string, string> = {}): Promise<Run> {
    const child = spawn('python3', [SCRIPT, 'demo', 'use1-az4', 'us-east-1', this.spool, this.adopted], {
      cwd: this.folder,
      env: {
        PATH: `${join(this.folder, 'bin')}:${process.env['PATH']}`,
        PYTHONDONTWRITEBYTECODE: '1',
        VOICECELL_IMDS_URL: `${this.aws.url}/${this.instance}`,
        VOICECELL_EC2_URL: this.aws.url,
        VOICECELL_ADOPT_PAUSE_SECONDS: '0.01',
        ...env,
      },
    });
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    return { exit: await new Promise((resolve) => child.on('close', resolve)), log };
  }

  private standIn(name: string, body: string): void {
    const path = join(this.folder, 'bin', name);
    writeFileSync(path, `#!/bin/bash\necho "$*" >>'${path}.calls'\n${body}\n`);
    chmodSync(path, 0o755);
  }

  private disk(volume: string): string {
    return join(this.folder, 'disks', serial(volume));
  }

  private content(volume: string): string {
    return join(this.folder, 'content', serial(volume));
  }
}

/** NVMe knows no first dash. */
const serial = (volume: string): string => volume.replace('-', '');
