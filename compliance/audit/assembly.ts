import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { Evidence } from '../controls/evidence';
import type { Unit } from '../controls/unit';
import { TemplateSet, type StackTemplate, type TemplateBody } from '../templates/template-set';
import type { AuditUnit } from './findings';

/**
 * The units of an assembly, with the templates that were written.
 * @param asOf ISO date by which attestations go stale
 */
export function assemblyUnits(assembly: CloudAssembly, units: readonly Unit[], asOf: string): readonly AuditUnit[] {
  const templates = assembly.stacksRecursively.map((stack): StackTemplate => ({
    name: stack.hierarchicalId,
    templatePath: stack.templateFullPath,
    region: stack.environment.region,
    account: stack.environment.account,
    body: stack.template as TemplateBody,
  }));
  return units.map((unit) => ({
    name: unit.below.replace(/\/$/, ''),
    unit,
    evidence: new Evidence(new TemplateSet(templates.filter(({ name }) => name.startsWith(unit.below))), {
      ...unit.scope,
      today: asOf,
    }),
  }));
}

/** Names that CloudFormation knows stacks by: template name → stack name. */
export const stackNamesOf = (assembly: CloudAssembly): ReadonlyMap<string, string> =>
  new Map(assembly.stacksRecursively.map(({ hierarchicalId, stackName }) => [hierarchicalId, stackName]));
