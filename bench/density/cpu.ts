import { readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** On a processor, user and system. */
  readonly seconds: number;
}

export type Roots = Readonly<Record<string, number>>;

export interface Usage {
  readonly seconds: Readonly<Record<string, number>>;
  /** What the machine did in all, whoever asked for it. */
  readonly busySeconds: number;
}

/** A line of /proc/<pid>/stat; the name may have anything in it. */
export function readStat(line: string): Process {
  const [, pid = '', name = '', after = ''] = /^(\d+) \((.*)\) (.*)$/s.exec(line.trimEnd()) ?? [];
  const fields = after.split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { pid: Number(pid), parent: Number(fields[1]), name, seconds: ticks / TICKS_A_SECOND };
}

/** All but waiting: of the first line of /proc/stat, user, nice, system, interrupts and what the hypervisor took. */
export function busySeconds(line: string): number {
  const [, user, nice, system, , , irq, softirq, steal] = line.split(/\s+/).map(Number);
  return [user, nice, system, irq, softirq, steal].reduce<number>((sum, one) => sum + (one ?? 0), 0) / TICKS_A_SECOND;
}

/** Each process counts for the nearest of its ancestors that has a role. */
export function byRole(processes: readonly Process[], roots: Roots): Record<string, number> {
  const byPid = new Map(processes.map((one) => [one.pid, one]));
  const roleOf = new Map(Object.entries(roots).map(([role, pid]) => [pid, role]));
  const sums: Record<string, number> = Object.fromEntries(Object.keys(roots).map((role) => [role, 0]));
  for (const one of processes) {
    let at: Process | undefined = one;
    while (at && !roleOf.has(at.pid)) at = byPid.get(at.parent);
    const role = at && roleOf.get(at.pid);
    if (role !== undefined) sums[role] = (sums[role] ?? 0) + one.seconds;
  }
  return sums;
}

export function usageNow(roots: Roots): Usage {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  return { seconds: byRole(processesNow(), roots), busySeconds: busySeconds(first) };
}

export interface Load {
  /** Cores in use, by role. */
  readonly cores: Readonly<Record<string, number>>;
  /** Cores that somebody else used, or the kernel for nobody. */
  readonly otherCores: number;
}

export function loadBetween(before: Usage, after: Usage, seconds: number): Load {
  const used = Object.entries(after.seconds).map(
    ([role, sum]) => [role, (sum - (before.seconds[role] ?? 0)) / seconds] as const,
  );
  const ours = used.reduce((sum, [, cores]) => sum + cores, 0);
  const all = (after.busySeconds - before.busySeconds) / seconds;
  return { cores: Object.fromEntries(used), otherCores: Math.max(0, all - ours) };
}

export function processesNow(): Process[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      return [readStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
    } catch {
      return [];
    }
  });
}
