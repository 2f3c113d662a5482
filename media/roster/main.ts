import { ECSClient } from '@aws-sdk/client-ecs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Certificate } from './certificate/renew';
import { EdgeNode } from './edge-node';
import { beat } from './heartbeat';
import { ask } from './kamailio';
import { Keeper } from './keeper';
import { clientFor, lifeIn } from './lifecycle/aws';
import { watch } from './lifecycle/watch';
import { certificateLine, refusalLines, refusedSince } from './metrics';
import { listedNodes } from './nodes/directory';
import { desiredNodes } from './nodes/service';
import { statusesOf } from './nodes/status';
import { callsOf, refusalsOf, standingOf, tellLeaving, tellShare } from './proxy';
import { look } from './roster';
import { settingsOf } from './settings';
import { idOf } from './sip-directory/cloud-map';
import { SipDirectory } from './sip-directory/directory';

const LOOK_MS = 2_000;
const RENEW_MS = 60_000;

const settings = settingsOf(process.env);
const client = clientFor(settings.region);
const ecs = new ECSClient(client);
const { cluster, rpc } = settings;
const [service = ''] = settings.mediaService.split('.');
const print = (line: string): void => console.log(line);
const warn = (message: string): void => console.error(message);

const keeper = new Keeper({
  file: settings.list,
  reload: () => ask(rpc, 'dispatcher.reload'),
  now: () => performance.now(),
});
const certificate = new Certificate({
  secrets: new SecretsManagerClient(client),
  secretArn: settings.certificateSecretArn,
  directory: settings.tlsDirectory,
  reload: () => ask(rpc, 'tls.reload'),
  now: () => Date.now(),
});

async function edgeNode(): Promise<EdgeNode> {
  while (!existsSync(settings.publicAddressFile)) await sleep(LOOK_MS);
  const address = readFileSync(settings.publicAddressFile, 'utf8').trim();
  return new EdgeNode({
    ...lifeIn(ecs, settings, { print, warn }),
    directory: new SipDirectory({
      ...settings,
      client: new ServiceDiscoveryClient(client),
      address,
      now: () => Date.now(),
    }),
    proxy: {
      tellLeaving: (leaving) => tellLeaving(rpc, leaving),
      tellShare: ({ name, maxCalls, maxCallsPerSecond }) => tellShare(rpc, name, maxCalls, maxCallsPerSecond),
      standing: () => standingOf(rpc),
      calls: () => callsOf(rpc),
    },
    carriers: settings.carriers,
    id: idOf(address),
    warn,
  });
}

async function watchNodes(): Promise<never> {
  for (;;) {
    await look({
      keeper,
      listed: () => listedNodes(settings.mediaService),
      desired: () => desiredNodes(ecs, cluster, service),
      statuses: (nodes) => statusesOf(nodes, settings.statusPort),
    });
    beat();
    await sleep(LOOK_MS);
  }
}

async function watchSelf(): Promise<never> {
  return watch(await edgeNode());
}

async function watchCertificate(): Promise<never> {
  for (;;) {
    await certificate.renew().catch((error: Error) => warn(`certificate: ${error.message}`));
    if (certificate.daysLeft !== undefined) console.log(certificateLine(settings, certificate.daysLeft, Date.now()));
    await sleep(RENEW_MS);
  }
}

async function countRefusals(): Promise<never> {
  for (let last: ReadonlyMap<string, number> = new Map(); ;) {
    const counters = (await refusalsOf(rpc)) ?? last;
    for (const text of refusalLines(settings, refusedSince(last, counters), Date.now())) console.log(text);
    last = counters;
    await sleep(RENEW_MS);
  }
}

void watchNodes();
void watchSelf();
void watchCertificate();
void countRefusals();
