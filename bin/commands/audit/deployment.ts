import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assemblyUnits, stackNamesOf } from '../../../compliance/audit/assembly';
import { sha256 } from '../../../compliance/audit/canonical';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { readEvidence } from '../../../compliance/audit/evidence';
import { reportFindings } from '../../../compliance/audit/report-findings';
import { unitsOf } from '../../../compliance/controls/unit';
import { LEDGER } from '../../../compliance/nag/waivers';
import { compose } from '../../compose';
import { deploymentFile, deploymentNames, lockFileOf, readInputs } from '../../inputs';
import type { AuditOptions } from './options';
import type { Subject } from './subject';

/** Findings are reported by us instead of thrown; templates say which construct a resource is of, as the CDK CLI's do. */
const CONTEXT = {
  '@aws-cdk/core:failSynthOnValidationErrors': false,
  'aws:cdk:enable-path-metadata': true,
};

export interface Synthesised {
  readonly subject: Subject;
  /** CloudFormation's names of the stacks, by template name. */
  readonly stackNames: ReadonlyMap<string, string>;
}

type Result = Synthesised | { readonly problems: readonly string[] };

/** Synthesises the deployments asked for, and judges the templates and what validation found. */
export function readDeployments(options: AuditOptions, asOf: string): Result {
  const names = options.all ? deploymentNames() : options.deployments;
  const read = readInputs(names);
  if (!read.ok) return read;
  const { plans } = read.inputs;
  const regions = [...new Set(plans.map(({ region }) => region))];
  const strange = options.regions.filter((region) => !regions.includes(region));
  if (strange.length > 0)
    return { problems: strange.map((region) => `--region: got ${region}, allowed ${regions.join(', ')}, change it`) };
  const outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-audit-'));
  try {
    const { app } = compose({ plans, waivers: read.inputs.waivers }, { outdir, context: CONTEXT });
    const assembly = app.synth();
    return {
      stackNames: stackNamesOf(assembly),
      subject: {
        mode: 'deployment',
        units: assemblyUnits(assembly, unitsOf(plans), asOf),
        waivers: read.inputs.waivers,
        isWhole: options.all,
        files: filesOf(names, assembly),
        limits: [],
        also: reportFindings(readEvidence(assembly)),
        plans,
      },
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What the templates follow from, what waives findings of them, and the templates themselves. */
const filesOf = (names: readonly string[], assembly: CloudAssembly): Subject['files'] => [
  ...[...new Set(names.flatMap((name) => [deploymentFile(name), lockFileOf(name)])), LEDGER].map((file) => ({
    path: named(file),
    sha256: sha256(readFileSync(file)),
  })),
  ...assembly.stacksRecursively.map(({ hierarchicalId, templateFullPath }) => ({
    path: `${hierarchicalId}.template.json`,
    sha256: sha256(readFileSync(templateFullPath)),
  })),
];

/** The same wherever one stands: of the kit by its place in it, of one's own by its name. */
function named(file: string): string {
  const inKit = path.relative(KIT, path.resolve(file));
  return inKit.startsWith('..') ? path.basename(file) : inKit.split(path.sep).join('/');
}

const KIT = path.join(__dirname, '..', '..', '..');
