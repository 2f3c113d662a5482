import { ECSClient } from '@aws-sdk/client-ecs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Certificate } from './certificate/renew';
import { ask } from './kamailio';
import { Keeper } from './keeper';
import { certificateLine } from './metrics';
import { listedNodes } from './nodes/directory';
import { desiredNodes } from './nodes/service';
import { statusesOf } from './nodes/status';
import { look } from './roster';
import { settingsOf } from './settings';

const LOOK_MS = 2_000;
const RENEW_MS = 60_000;
/** `health.ts` looks at its age. */
const HEARTBEAT = '/tmp/roster-heartbeat';

const settings = settingsOf(process.env);
// Nothing of AWS may hold up a look at the nodes.
const client = {
  region: settings.region,
  maxAttempts: 1,
  requestHandler: { requestTimeout: 1_500, connectionTimeout: 1_000 },
};
const ecs = new ECSClient(client);
const [service = ''] = settings.mediaService.split('.');

const keeper = new Keeper({
  file: settings.list,
  reload: () => ask(settings.rpc, 'dispatcher.reload'),
  now: () => performance.now(),
});
const certificate = new Certificate({
  secrets: new SecretsManagerClient(client),
  secretArn: settings.certificateSecretArn,
  directory: settings.tlsDirectory,
  reload: () => ask(settings.rpc, 'tls.reload'),
  now: () => Date.now(),
});

async function watchNodes(): Promise<never> {
  for (;;) {
    await look({
      keeper,
      listed: () => listedNodes(settings.mediaService),
      desired: () => desiredNodes(ecs, settings.cluster, service),
      statuses: (nodes) => statusesOf(nodes, settings.statusPort),
    });
    writeFileSync(HEARTBEAT, '');
    await sleep(LOOK_MS);
  }
}

async function watchCertificate(): Promise<never> {
  for (;;) {
    await certificate.renew().catch((error: Error) => console.error(`certificate: ${error.message}`));
    if (certificate.daysLeft !== undefined) console.log(certificateLine(settings, certificate.daysLeft, Date.now()));
    await sleep(RENEW_MS);
  }
}

void watchNodes();
void watchCertificate();
