import { countOf } from '../../compliance/audit/assess';
import type { Finding, Posture, RetentionRow } from '../../compliance/audit/posture';
import { postureWith } from './postures';

/** What a region of the kit is called in the posture that is multiplied. */
const PATTERN = 'us-east-1';
const PATTERN_AZ = /use1-az/g;

/**
 * A posture of so many regions after the pattern of one: every other resource twice, as more cells would have it, with some
 * findings open. Names of stacks and cells differ by region, as they do in a real one.
 */
export function manyRegions(posture: Posture, count: number): Posture {
  const regions = Array.from({ length: count }, (_, index) => `zz-region-${index + 1}`);
  const pattern = posture.findings.filter(({ region }) => region === PATTERN);
  const findings = [
    ...posture.findings.filter(({ region }) => region === undefined),
    ...regions.flatMap((region) => pattern.flatMap((finding, index) => copies(finding, region, index))),
  ];
  return postureWith(posture, {
    inputs: {
      ...posture.inputs,
      units: posture.inputs.units.map((unit) => ({ ...unit, regions, allowedRegions: regions })),
    },
    findings: findings.toSorted((a, b) => STANDS.indexOf(a.status) - STANDS.indexOf(b.status)),
    summary: countOf(findings),
    retention: posture.retention.map((row) => spread(row, regions)),
  });
}

const STANDS: readonly Finding['status'][] = ['unmet', 'indeterminate', 'waived', 'attested', 'met', 'notApplicable'];

function copies(finding: Finding, region: string, index: number): Finding[] {
  const copy = JSON.parse(
    JSON.stringify(finding)
      .replaceAll(PATTERN, region)
      .replace(PATTERN_AZ, `zz${region.slice(10)}-az`),
  ) as Finding;
  const shown = index % 29 === 0 ? opened(copy) : copy;
  return index % 2 === 0 ? [shown] : [shown, { ...shown, resource: `${shown.resource ?? ''}B` }];
}

const opened = (finding: Finding): Finding => ({
  ...finding,
  status: finding.severity === 'warning' ? 'indeterminate' : 'unmet',
  remedy: 'set it as the kit does',
  location: { file: 'lib/stacks/records.ts', line: 12 },
});

const spread = (row: RetentionRow, regions: readonly string[]): RetentionRow => ({
  ...row,
  stores: regions.flatMap((region) =>
    row.stores.filter((store) => store.region === PATTERN).map((store) => ({ ...store, region })),
  ),
});
