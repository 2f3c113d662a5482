import { spawnSync } from 'node:child_process';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Debian's `chromium`, or any other that CHROMIUM names. */
const EXECUTABLE = process.env['CHROMIUM'] ?? 'chromium';

const found = spawnSync('sh', ['-c', 'command -v -- "$0"', EXECUTABLE], { encoding: 'utf8' }).stdout.trim();

export const isFound = found !== '';

// Chromium has no sandbox as root, which CI is; the page is our own.
export const browser = (): Promise<Browser> =>
  chromium.launch({ executablePath: found || EXECUTABLE, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** A page with what it said and asked for. */
export interface Opened {
  readonly page: Page;
  /** What the console said, errors, dialogs, and requests beside the document itself. */
  readonly complaints: readonly string[];
}

/** Opens a report as a file, as whoever is sent one does. */
export async function opened(by: Browser, file: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await by.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== `file://${file}`) complaints.push(request.url());
  });
  await page.goto(`file://${file}`);
  return { page, complaints };
}
