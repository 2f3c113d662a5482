import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { htmlReport } from '../../compliance/audit/reporters/html';
import { html } from '../../compliance/audit/reporters/html/markup';
import type { Posture } from '../../compliance/audit/posture';
import { browser, opened } from '../../test/support/chromium';
import { manyRegions } from '../../test/support/many-regions';
import { kitPosture } from '../../test/support/postures';
import { median, rounded } from '../cold-run';

const RUNS = 5;
const [folder = '.'] = process.argv.slice(2);

/** What a reporter does that prints each finding as a row. */
const peer = ({ findings }: Posture): string =>
  html`<!doctype html>
    <title>Findings</title>
    <table>
      ${findings.map(
        ({ control, status, region, stack, resource, type, message }) =>
          html`<tr>
            ${[control, status, region, stack, resource, type, message].map((text) => html`<td>${text}</td>`)}
          </tr>`,
      )}
    </table>`.text;

/** Milliseconds from asking for a page to its load event and first painted frame after it. */
async function openMs(by: Browser, file: string): Promise<number> {
  const { page } = await opened(by, file);
  const taken = await page.evaluate<number>(PAINTED);
  await page.context().close();
  return taken;
}

const PAINTED =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))';

async function measure(posture: Posture): Promise<void> {
  const pages = { ours: htmlReport(posture), peers: peer(posture) };
  const by = await browser();
  const taken = { ours: [] as number[], peers: [] as number[] };
  for (const which of ['ours', 'peers'] as const) writeFileSync(path.join(folder, `${which}.html`), pages[which]);
  for (let run = 0; run < RUNS; run += 1)
    for (const which of ['ours', 'peers'] as const)
      taken[which].push(await openMs(by, path.join(folder, `${which}.html`)));
  await by.close();
  const open = { ours: median(taken.ours), peers: median(taken.peers) };
  const bytes = { ours: Buffer.byteLength(pages.ours), peers: Buffer.byteLength(pages.peers) };
  const said = {
    regions: REGIONS,
    findings: posture.findings.length,
    megabytes: rounded(bytes.ours / 1e6),
    openMs: Math.round(open.ours),
    bytesOverPlainTable: rounded(bytes.ours / bytes.peers),
    openOverPlainTable: rounded(open.ours / open.peers),
  };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

const REGIONS = 30;

void measure(manyRegions(kitPosture('healthcare-us'), REGIONS));
