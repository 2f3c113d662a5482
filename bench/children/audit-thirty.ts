import { assess } from '../../compliance/audit/assess';
import { Evidence } from '../../compliance/controls/evidence';
import { unitsOf } from '../../compliance/controls/unit';
import { readTemplates } from '../../compliance/templates/files/read-templates';
import { TemplateSet } from '../../compliance/templates/template-set';
import { syntheticPlans } from '../synthetic-plans';

/** The posture of an assembly of so many synthetic regions, from its files to its seal. */
const [, , folder = '', regions = ''] = process.argv;
const units = unitsOf(syntheticPlans(Number(regions)));

const started = performance.now();
const before = process.cpuUsage();
const { stacks, files, limits, locate, problems } = readTemplates([folder]);
if (problems.length > 0) throw new Error(problems.join('\n'));
const posture = assess({
  units: units.map((unit) => ({
    name: unit.below.slice(0, -1),
    unit,
    evidence: new Evidence(new TemplateSet(stacks.filter(({ name }) => name.startsWith(unit.below))), unit.scope),
    locate,
  })),
  waivers: [],
  isWhole: false,
  inputs: { mode: 'template', asOf: '2026-11-26', files, limits },
  version: '0.0.0',
});
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const resources = stacks.reduce((sum, { body }) => sum + Object.keys(body.Resources ?? {}).length, 0);
process.stdout.write(
  `${JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, findings: posture.findings.length, resources, stacks: stacks.length })}\n`,
);
