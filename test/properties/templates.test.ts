import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { compose } from '../../bin/compose';
import { CONTROLS } from '../../compliance/controls/catalogue';
import { readWaivers } from '../../compliance/nag/waivers';
import { readLock } from '../../regions/lock';
import { planDeployment } from '../../regions/plan';
import type { DeploymentConfig } from '../../regions/config/schema';
import { evidenceOf } from '../support/assembly';
import { holds, SYNTHESES, THOROUGH } from './cases';
import { unexplained } from './chosen-findings';
import { validDeployment } from './config/deployment';
import { strangersAdmitted } from './ingress';
import { unsoundIn } from './soundness';

const ATTESTABLE = CONTROLS.map(({ id }) => id);

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Everything that no template shows, said by somebody: what is left is what the kit builds. */
const attested = (config: DeploymentConfig): DeploymentConfig => ({
  ...config,
  attestations: ATTESTABLE.map((id) => ({ id, statement: 'said', by: 'somebody', date: '2026-11-26' })),
});

/** The deployment's templates with every check of the kit on, as `voicecell synth` makes them. */
function synthesised(config: DeploymentConfig): CloudAssembly {
  const [lock, ledger] = [readLock(), readWaivers()];
  if (!lock.ok || !ledger.ok) throw new Error('the lock file or the ledger of waivers cannot be read');
  const outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
  folders.push(outdir);
  const plans = planDeployment(attested(config), lock.lock);
  // The CDK's own validator costs more than all else, and the app test has it on everywhere.
  const context = { '@aws-cdk/core:failSynthOnValidationErrors': false };
  const props = { outdir, context, autoSynth: false, builtinCloudFormationValidation: THOROUGH };
  return compose({ plans, waivers: ledger.waivers }, props).app.synth();
}

const templates = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => [file, readFileSync(path.join(directory, file), 'utf8')]),
  );

test('the templates of a valid deployment pass every check, keep to the design and admit nobody but its carriers', () => {
  holds(
    SYNTHESES,
    (g) => validDeployment(g, { mostRegions: 1 }),
    (config) => {
      const evidence = evidenceOf(synthesised(config).directory);
      expect(unexplained(evidence.findings, config)).toEqual([]);
      expect(evidence.stacks.length).toBeGreaterThanOrEqual(6);
      expect(strangersAdmitted(evidence, config)).toEqual([]);
      expect(unsoundIn(evidence)).toEqual([]);
    },
  );
}, 300_000);

test('a valid deployment is synthesised to the same bytes twice', () => {
  holds(
    Math.ceil(SYNTHESES / 10),
    (g) => validDeployment(g, { mostRegions: 1 }),
    (config) => {
      const [once, again] = [synthesised(config), synthesised(structuredClone(config))];
      expect(templates(again.directory)).toEqual(templates(once.directory));
    },
  );
}, 300_000);
