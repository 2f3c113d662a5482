import { readFileSync } from 'node:fs';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { readEvidence, type SynthEvidence } from '../../compliance/audit/evidence';
import { TemplateSet, type TemplateBody } from '../../compliance/templates/template-set';

export const evidenceOf = (directory: string): SynthEvidence => readEvidence(new CloudAssembly(directory));

/** The templates of one region, as the checks read them. */
export const templatesOf = (evidence: SynthEvidence, stage: string): TemplateSet =>
  new TemplateSet(
    evidence.stacks
      .filter((stack) => stack.path.startsWith(`${stage}/`))
      .map(({ path, region, templateFile }) => ({
        name: path,
        templatePath: templateFile,
        region,
        body: JSON.parse(readFileSync(templateFile, 'utf8')) as TemplateBody,
      })),
  );
