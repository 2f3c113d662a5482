import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Posture } from '../../posture';
import { details } from './details';
import { evidence } from './evidence';
import { filters } from './filters';
import { header, title } from './header';
import { html, trusted, type Markup } from './markup';
import { matrix } from './matrix';
import { overview } from './overview';
import { pageOf, type Page } from './page';
import { retention } from './retention-chart';
import { waivers } from './waivers';

/**
 * A posture as one page that asks nothing of any network, for people: a document by itself, narrowed and unfolded by a small
 * script where there is one. Pure; the same posture gives the same bytes.
 */
export const htmlReport = (posture: Posture): string => document(pageOf(posture)).text;

/** By part of the page; what is narrow or printed overrules what comes before it. */
const SHEETS = [
  'page',
  'header',
  'status',
  'tables',
  'filters',
  'matrix',
  'findings',
  'retention',
  'evidence',
  'narrow',
  'print',
] as const;

const read = (name: string): string => readFileSync(path.join(__dirname, name), 'utf8');

function document(page: Page): Markup {
  const style = SHEETS.map((sheet) => read(`styles/${sheet}.css`))
    .join('\n')
    .replace("'page header'", JSON.stringify(printed(page.posture)));
  const script = read('screen.js');
  const body = content(page);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy(style, script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>Compliance posture of ${title(page)}, ${page.posture.inputs.asOf}</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        ${body} ${page.data.block()} ${trusted(`<script>${script}</script>`)}
      </body>
    </html> `;
}

const content = (page: Page): Markup =>
  html`<a class="skip" href="#content">Skip to the report</a>
    <nav aria-label="Parts of the report">
      ${PARTS.map(([anchor, name]) => html`<a href="#${anchor}">${name}</a> `)}
      <button type="button" id="theme" class="scripted" hidden>Dark</button>
    </nav>
    <main id="content" tabindex="-1">
      ${header(page)} ${overview(page)} ${filters(page)} ${matrix(page)} ${details(page)} ${retention(page)}
      ${waivers(page)} ${evidence(page)}
    </main>`;

const PARTS = [
  ['overview', 'Overview'],
  ['matrix', 'Matrix'],
  ['controls', 'Findings'],
  ['retention', 'Retention'],
  ['waivers', 'Waivers'],
  ['evidence', 'Evidence'],
] as const;

/** Nothing but this very style and script, so that what a value smuggles in would not run. */
const policy = (style: string, script: string): string =>
  `default-src 'none'; style-src ${hashed(style)}; script-src ${hashed(script)}; img-src data:; base-uri 'none'; form-action 'none'`;

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** On top of each printed page; stands in a style sheet, where only the plainest letters are safe. */
const printed = ({ inputs, sha256 }: Posture): string =>
  `Compliance posture as of ${inputs.asOf.replace(/[^\d-]/g, '')}, SHA-256 ${sha256.replace(/[^\da-f]/g, '').slice(0, 16)}`;
