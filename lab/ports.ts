import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const taken = new Set<number>();

/** A port free for UDP and TCP on every loopback address, below the ports the kernel hands out by itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
}

/** `count` free neighbours, the first even. */
export async function freeRange(count: number): Promise<{ from: number; to: number }> {
  for (;;) {
    const from = 12_000 + 2 * Math.floor(Math.random() * 9_000);
    const ports = Array.from({ length: count }, (_, index) => from + index);
    const free = await Promise.all(ports.map(async (port) => !taken.has(port) && isFree(port)));
    if (free.includes(false)) continue;
    for (const port of ports) taken.add(port);
    return { from, to: from + count - 1 };
  }
}

async function isFree(port: number): Promise<boolean> {
  const udp = createSocket('udp4');
  const tcp = createServer();
  try {
    udp.bind(port, '0.0.0.0');
    await once(udp, 'listening');
    tcp.listen(port, '0.0.0.0');
    await once(tcp, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    udp.close();
    tcp.close();
  }
}
