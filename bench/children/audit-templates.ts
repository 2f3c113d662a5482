import { readdirSync } from 'node:fs';
import path from 'node:path';
import { findingsOf } from '../../compliance/audit/findings';
import { Evidence } from '../../compliance/controls/evidence';
import { wholeApp } from '../../compliance/controls/unit';
import { readTemplates } from '../../compliance/templates/files/read-templates';
import { TemplateSet } from '../../compliance/templates/template-set';

/** Every template of a folder by itself, against all controls. */
const [, , folder = ''] = process.argv;
const unit = wholeApp(['hipaa', 'finra', 'soc2'], { jurisdiction: 'US' });

/** Over the 100 once. */
function pass(): { readonly seconds: number; readonly findings: number; readonly resources: number } {
  const started = performance.now();
  let [findings, resources] = [0, 0];
  for (const file of readdirSync(folder)) {
    const { stacks, locate } = readTemplates([path.join(folder, file)], { region: 'us-east-1' });
    const audited = { name: file, unit, evidence: new Evidence(new TemplateSet(stacks), unit.scope), locate };
    resources += audited.evidence.set.resources.length;
    findings += findingsOf(audited, { waivers: [], asOf: '2026-11-26' }).filter(
      ({ resource }) => resource !== undefined,
    ).length;
  }
  return { seconds: (performance.now() - started) / 1000, findings, resources };
}

const { seconds: firstPassSeconds } = pass();
process.stdout.write(`${JSON.stringify({ ...pass(), firstPassSeconds })}\n`);
