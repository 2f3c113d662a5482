import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { source as axe } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { AUDIT_CONTROLS } from '../../../../compliance/audit/audit-controls';
import { CONTROLS } from '../../../../compliance/controls/catalogue';
import { htmlReport } from '../../../../compliance/audit/reporters/html';
import { withBrowser } from '../../../support/browser';
import { browser, opened } from '../../../support/chromium';
import { finding, postureOf, WAIVER } from '../../../support/findings';
import { kitPosture } from '../../../support/postures';

const inRegions = (over: Parameters<typeof finding>[0]) =>
  ['us-east-1', 'us-west-2'].map((region) => finding({ region, stack: `clinic/${region}/records`, ...over }));

/** One of each status, with all that a finding can say. */
const POSTURE = postureOf(
  [
    ...inRegions({ location: { file: 'vault.ts', line: 12 } }),
    finding({ control: 'ENC-01', framework: ['soc2'], drift: [{ property: 'Key', template: 'arn', live: null }] }),
    finding({ control: 'AUD-02', status: 'indeterminate', severity: 'error' }),
    finding({ control: 'NET-06', status: 'waived', severity: 'error', waiver: WAIVER }),
    finding({ control: 'GOV-06', status: 'attested', attestedUntil: '2026-12-06', remedy: '' }),
    ...inRegions({ control: 'ACC-02', status: 'met', message: 'is private', resource: 'Needle' }),
    finding({ control: 'RES-08', status: 'notApplicable', message: 'nothing here' }),
  ],
  {
    retention: kitPosture('sandbox').retention,
    waivers: [{ ...WAIVER, rule: 'NET-06', scope: ['network/**'], daysLeft: 9, covers: 1 }],
  },
);

jest.setTimeout(60_000);

withBrowser('the page in Chromium', () => {
  let chromium: Browser;
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-html-'));
  const file = path.join(folder, 'posture.html');

  beforeAll(async () => {
    writeFileSync(file, htmlReport(POSTURE));
    chromium = await browser();
  }, 60_000);

  afterAll(async () => {
    await chromium.close();
    rmSync(folder, { recursive: true });
  });

  const open = (options: BrowserContextOptions = {}) => opened(chromium, file, options);

  test('it asks nothing of any network and complains of nothing', async () => {
    const { page, complaints } = await open();
    await page.waitForLoadState('networkidle');
    expect(complaints).toEqual([]);
    expect(await page.title()).toBe('Compliance posture of clinic, 2026-11-26');
  });

  test('the matrix has a row for every control of the catalogue and of audits, and a cell for each region', async () => {
    const { page } = await open();
    expect(await page.locator('#matrix tr[data-row]').count()).toBe(CONTROLS.length + AUDIT_CONTROLS.length);
    expect(await rowOf(page, 'REC-02')).toEqual(['✕', '✕']);
    expect(await rowOf(page, 'ENC-01')).toEqual(['✕', '']);
    expect(await rowOf(page, 'ACC-02')).toEqual(['✓', '✓']);
    expect(await page.locator('#matrix tr[data-row="REC-02"] a.unmet').first().getAttribute('aria-label')).toBe(
      '✕ unmet 1',
    );
  });

  test('by keyboard alone one finds a control, narrows by status, and shows all again', async () => {
    const { page } = await open();
    await tabTo(page, 'input[name=text]');
    await page.keyboard.type('needle');
    await page.getByText('1 of 7 controls shown').waitFor();
    expect(await shownControls(page)).toEqual(['ACC-02']);
    await tabTo(page, 'input[value=met]');
    await page.keyboard.press('Space');
    expect(await shownControls(page)).toEqual([]);
    await tabTo(page, 'button[type=reset]');
    await page.keyboard.press('Enter');
    await page.locator('#shown:empty').waitFor({ state: 'attached' });
    expect(await shownControls(page)).toHaveLength(7);
  });

  test('by region and by framework only what is there and asked stays, in the matrix too', async () => {
    const { page } = await open();
    await page.locator('select[name=region]').selectOption('us-west-2');
    expect(await shownControls(page)).toEqual(['REC-02', 'ACC-02']);
    expect(await page.locator('#matrix .regions th:visible').allTextContents()).toEqual(['Control', '\nus-west-2\n']);
    await page.locator('select[name=region]').selectOption('');
    await page.locator('select[name=framework]').selectOption({ label: 'SOC 2' });
    expect(await shownControls(page)).toEqual(['ENC-01']);
    expect(await page.locator('#matrix tr[data-row]:visible').count()).toBe(1);
  });

  test('arrows move in the matrix, Enter opens what was found and marks the region', async () => {
    const { page } = await open();
    await tabTo(page, '#matrix td a');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.closest("tr").dataset.row')).toBe('ACC-02');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.closest("details").open')).toBe(true);
    expect(page.url()).toMatch(/#ACC-02$/);
    expect(await page.locator('.group.sought').allTextContents()).toEqual([expect.stringContaining('is private')]);
  });

  test('where passing findings are is laid out when somebody asks', async () => {
    const { page } = await open();
    await page.locator('details.control[data-row="ACC-02"] > summary').click();
    await page.getByText('2 places in 2 regions').last().click();
    expect(await page.locator('details.control[data-row="ACC-02"] li').allTextContents()).toEqual([
      'records Needle AWS::S3::Bucket ',
    ]);
    expect(await page.locator('details.control[data-row="ACC-02"] h5').allTextContents()).toEqual([
      'us-east-1, us-west-2',
    ]);
  });

  test('without a script it is a plain document that leads from the matrix to what was found', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.locator('.scripted:visible').count()).toBe(0);
    await page.locator('#controls h2').scrollIntoViewIfNeeded();
    await page.locator('.group.unmet .text').last().waitFor();
    expect(await page.locator('.group.unmet .text:visible').count()).toBe(2);
    await page.locator('#matrix tr[data-row="ACC-02"] th a').click();
    await page.locator('#ACC-02').waitFor({ timeout: 3000 });
    expect(await page.locator('#ACC-02').textContent()).toContain('is private');
  });

  test('it is dark where the reader is, and when the reader asks', async () => {
    const ground = 'getComputedStyle(document.body).backgroundColor';
    const { page: dark } = await open({ colorScheme: 'dark' });
    expect(await dark.evaluate(ground)).toBe('rgb(17, 21, 27)');
    const { page } = await open({ colorScheme: 'light' });
    expect(await page.evaluate(ground)).toBe('rgb(255, 255, 255)');
    await page.getByRole('button', { name: 'Dark' }).click();
    expect(await page.evaluate(ground)).toBe('rgb(17, 21, 27)');
  });

  test('nothing but the matrix is wider than a phone', async () => {
    const { page } = await open({ viewport: { width: 390, height: 844 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const wide = await page.evaluate(
      '[...document.querySelectorAll(".scroll:not(.matrix, details:not([open]) *)")].filter((of) => of.scrollWidth > of.clientWidth).map((of) => of.ariaLabel)',
    );
    expect(wide).toEqual([]);
  });

  test('paper is light, has what is open unfolded, and no controls to press', async () => {
    const { page } = await open({ colorScheme: 'dark' });
    await page.evaluate('for (const of of document.querySelectorAll("details")) of.open = false');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('#REC-02 .text').isVisible()).toBe(true);
    expect(await page.getByText('vault.ts:12').isVisible()).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing against it in the %s',
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      await page.evaluate('for (const of of document.querySelectorAll("details")) of.open = true');
      expect(await violations(page)).toEqual([]);
    },
    60_000,
  );

  test('axe finds nothing against a report of whole deployments', async () => {
    writeFileSync(file, htmlReport(kitPosture('healthcare-us', 'sandbox')));
    const { page } = await open();
    expect(await violations(page)).toEqual([]);
  }, 120_000);
});

const rowOf = (page: Page, control: string): Promise<string[]> =>
  page
    .locator(`#matrix tr[data-row="${control}"] td`)
    .allTextContents()
    .then((texts) => texts.map((text) => text.trim()));

const shownControls = (page: Page): Promise<(string | null)[]> =>
  page.locator('details.control:visible').evaluateAll((found) => found.map((of) => of.getAttribute('data-row')));

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** The page's policy keeps scripts of others out of it, but not what its debugger evaluates. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate<readonly Violation[]>('axe.run(document).then(({ violations }) => violations)');
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}
