import { gzipSync } from 'node:zlib';
import type { Finding, Posture } from '../../posture';
import { oneLine } from '../clean';
import { visible } from '../json';
import { uriOf } from '../uri';
import { resultOf } from './results';
import { rulesOf } from './rules';

/**
 * What GitHub takes: 25,000 results and 25,000 rules a run, 10 MB gzipped; it shows 5,000 results
 * (docs.github.com, code-scanning, "SARIF results exceed limit" and "SARIF support"; read 2026-11-26).
 * There are fewer rules than controls, one run, one location a result and fewer than ten tags a rule: those cannot be exceeded.
 */
export const GITHUB = { results: 25_000, gzipBytes: 10_000_000 } as const;

export type SarifLimits = Readonly<Record<keyof typeof GITHUB, number>>;

/**
 * A posture for GitHub code scanning: SARIF 2.1.0, what is unmet or indeterminate, worst first. What is waived is left out:
 * GitHub reads no suppressions and would show it as open (github/codeql-action issue 1230); a waiver that ends opens the
 * alert again, by its fingerprint. Pure.
 */
export function sarifReport(posture: Posture, limits: SarifLimits = GITHUB): string {
  const told = posture.findings.filter(({ status }) => TOLD.has(status));
  let kept = told.slice(0, limits.results);
  let text = textOf(posture, kept, told.length);
  // Most of the text is results: what is left after a cut is in proportion, with a tenth to spare.
  for (let size = sizeOf(text, limits); size > limits.gzipBytes && kept.length > 0; size = sizeOf(text, limits)) {
    kept = kept.slice(0, Math.floor((kept.length * 0.9 * limits.gzipBytes) / size));
    text = textOf(posture, kept, told.length);
  }
  return text;
}

const TOLD: ReadonlySet<Finding['status']> = new Set(['unmet', 'indeterminate']);

/** What is smaller than the limit as it is need not be compressed to know. */
const sizeOf = (text: string, { gzipBytes }: SarifLimits): number =>
  text.length * WIDEST <= gzipBytes ? 0 : gzipSync(text).length;

/** Bytes of a character in UTF-8, at most, for one unit of UTF-16. */
const WIDEST = 3;

const textOf = (posture: Posture, kept: readonly Finding[], told: number): string =>
  visible({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(posture, kept, told - kept.length)],
  });

function runOf(posture: Posture, kept: readonly Finding[], leftOut: number): object {
  const { inputs, tool, summary, sha256 } = posture;
  const rules = rulesOf(posture.findings);
  const indexOf = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    tool: { driver: { name: tool.name, semanticVersion: tool.version, rules } },
    automationDetails: { id: `voicecell/${inputs.mode}/` },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(posture, leftOut) }],
    artifacts: inputs.files.map((file) => ({
      location: { uri: uriOf(file.path) },
      hashes: { 'sha-256': file.sha256 },
    })),
    results: kept.map((finding) => resultOf(finding, inputs, indexOf.get(finding.control))),
    properties: { posture: sha256, asOf: inputs.asOf, summary, leftOut },
  };
}

const notifications = ({ inputs }: Posture, leftOut: number): object[] =>
  [
    ...inputs.limits,
    ...(leftOut > 0 ? [`${leftOut} results are left out, the least bad: the format for GitHub holds no more`] : []),
  ].map((text) => ({ level: 'warning', message: { text: oneLine(text) } }));
