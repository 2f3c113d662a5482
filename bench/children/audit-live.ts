import { DeployedKit } from '../../test/support/deployed';
import { DRIFTS } from '../../test/support/drifts';
import { auditOf } from '../../test/support/drifts/audited';
import { Drifting } from '../../test/support/drifts/drifting';
import { Heard } from '../../test/support/drifts/heard';
import type { AuditLiveBench } from '../audit-live';

async function measured(): Promise<AuditLiveBench> {
  const kit = await DeployedKit.start();
  try {
    const heard = new Heard(kit);
    await auditOf(kit, heard.region);
    const drifting = await Drifting.of(kit);
    let driftsFound = 0;
    for (const { inject, found, minded } of DRIFTS) {
      // One after the other: each is compared with the account as it was before.
      const changes = await drifting.changesOf({ inject });
      if (JSON.stringify(changes) === JSON.stringify({ found, minded })) driftsFound += 1;
    }
    return { liveCallsPerRegion: heard.perRegion(), driftsInjected: DRIFTS.length, driftsFound };
  } finally {
    await kit.stop();
  }
}

void measured().then((bench) => process.stdout.write(`${JSON.stringify(bench)}\n`));
