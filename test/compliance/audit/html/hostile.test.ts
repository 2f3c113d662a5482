import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import type { Posture } from '../../../../compliance/audit/posture';
import { htmlReport } from '../../../../compliance/audit/reporters/html';
import { withBrowser } from '../../../support/browser';
import { browser, opened } from '../../../support/chromium';
import { asked, finding, postureOf } from '../../../support/findings';

/** Each would run, or end the element it stands in, where it is not escaped. */
const PAYLOADS = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</style></title></textarea><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '` onmouseover=alert(1) `',
  'javascript:alert(1)',
  '<!--<script>',
  ']]>--><iframe srcdoc="<script>parent.alert(1)</script>">',
  '&lt;b&gt;&amp;&#0;&nosuch;',
  '${alert(1)}{{alert(1)}}',
  '@import url(//x.invalid/x.css);</style>',
  'url(https://x.invalid/x.png)',
  "$&$1$'$`",
  '__proto__',
  'constructor',
  'toString',
  'a\r\nb\rc\nd\u2028e\u0085f',
  '\u202Egnp.\u2066x\u2069',
  '\0\uD800\uFFFE',
  ' two  spaces ',
];

const strings = [
  ...PAYLOADS,
  ...fc.sample(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ';', '`', '!', '-', ' ', '\n', 'script', 'on'),
      }),
    ),
    // FC_SEED draws others.
    { numRuns: 30, seed: Number(process.env['FC_SEED'] ?? 20261126) },
  ),
].filter((text) => text !== '');

/** The same hostile text wherever a posture says something. */
const everywhere = (text: string): Posture => {
  const over = {
    unit: text,
    region: text,
    stack: `s${text}`,
    resource: `r${text}`,
    type: `t${text}`,
    constructPath: `p${text}`,
    location: { file: `f${text}`, line: 1 },
    title: text,
    message: `m${text}`,
    remedy: `y${text}`,
    waiver: { owner: text, reason: text, expires: text },
    citations: [{ authority: 'hipaa' as const, text }],
  };
  const { remedy: _, waiver, ...passing } = over;
  return postureOf(
    [
      finding({ ...over, control: text, drift: [{ property: text, template: text, live: { [text]: text } }] }),
      finding({ ...passing, control: text, status: 'met' }),
    ],
    {
      inputs: asked({
        asOf: text,
        limits: [text],
        files: [{ path: text, sha256: text }],
        units: [{ name: text, frameworks: [], regions: [text], allowedRegions: [text] }],
      }),
      waivers: [{ ...waiver, rule: text, scope: [text], daysLeft: 1, covers: 1 }],
      retention: [
        {
          unit: text,
          dataClass: 'recording',
          floorDays: 30,
          accessibleDays: 0,
          clock: 'creation',
          because: [text],
          stores: [{ stack: text, resource: text, region: text, days: 1, lockMode: text }],
        },
      ],
    },
  );
};

/** As a document has it: what it cannot hold is replaced. */
const held = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, '\uFFFD');

withBrowser('hostile text in a posture', () => {
  let chromium: Browser;
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-html-'));
  const file = path.join(folder, 'posture.html');

  beforeAll(async () => {
    chromium = await browser();
  }, 60_000);

  afterAll(async () => {
    await chromium.close();
    rmSync(folder, { recursive: true });
  });

  test('nothing of it runs or is asked for, no element is made of it, and it reads as it was written', async () => {
    writeFileSync(file, htmlReport(everywhere('plain')));
    const { page, complaints } = await opened(chromium, file);
    const { elements } = await read(page);
    for (const text of strings) {
      writeFileSync(file, htmlReport(everywhere(text)));
      await page.reload();
      expect({ text, ...(await read(page)) }).toEqual({ text, elements, texts: textsOf(text) });
      expect(complaints).toEqual([]);
    }
  }, 180_000);
});

interface Reading {
  /** Names of all elements and attributes, in the document's order. */
  readonly elements: string;
  readonly texts: readonly string[];
}

/** Whole after what lies folded has been laid out. */
async function read(page: Page): Promise<Reading> {
  await page.evaluate('for (const of of document.querySelectorAll("details")) of.open = true');
  // A heading of nothing but invisible characters is there all the same.
  await page.locator('.group.met .places h5').waitFor({ state: 'attached' });
  const { elements, texts } = await page.evaluate<Reading>(READING);
  return { elements, texts: texts.map(held) };
}

const READING = `({
  elements: [...document.querySelectorAll('*')].map((of) => [of.localName, ...of.getAttributeNames()].join(' ')).join(),
  texts: ['.limits li', '.group.unmet .text', '.group.unmet li > code', '.group.unmet li .file', '.drift code', '.waivers code',
    '.group.met li > code', '.group.met li .path'].map((selector) => document.querySelector(selector).textContent),
})`;

const textsOf = (text: string): string[] =>
  [text, `m${text}`, `r${text}`, `f${text}:1`, text, text, `r${text}`, `p${text}`].map(held);
