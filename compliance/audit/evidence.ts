import { readFileSync } from 'node:fs';
import path from 'node:path';
import { types } from 'node:util';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { TemplateBody } from '../templates/template-set';

export interface StackEvidence {
  /** Construct path: `<deployment>/<region>/<stack>`. */
  readonly path: string;
  readonly region: string;
  readonly templateFile: string;
  readonly template: TemplateBody;
}

export interface CheckedFinding {
  readonly rule: string;
  readonly severity: string;
  readonly description: string;
  readonly constructPath: string;
}

export interface Waived {
  /** Qualified id. */
  readonly id: string;
  readonly severity: string;
  readonly reason: string;
  readonly constructPath: string;
}

/** What a synthesis left behind: the stacks of the assembly and the validation report beside them. */
export interface SynthEvidence {
  readonly outdir: string;
  readonly stacks: readonly StackEvidence[];
  readonly findings: readonly CheckedFinding[];
  readonly waived: readonly Waived[];
}

interface Report {
  readonly pluginReports?: readonly {
    readonly pluginName: string;
    readonly violations?: readonly Violation[];
    readonly suppressedViolations?: readonly (Violation & {
      readonly acknowledgedId: string;
      readonly reason: string;
    })[];
  }[];
}

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity?: string;
  readonly violatingConstructs?: readonly { readonly constructPath?: string }[];
}

/** Reads an assembly directory. The only input and output of the audit of templates. */
export function readEvidence(assembly: CloudAssembly): SynthEvidence {
  const report = readReport(assembly.directory);
  const reports = report.pluginReports ?? [];
  return {
    outdir: assembly.directory,
    stacks: assembly.stacksRecursively.map((stack) => ({
      path: stack.hierarchicalId,
      region: stack.environment.region,
      templateFile: stack.templateFullPath,
      template: stack.template as TemplateBody,
    })),
    findings: reports.flatMap(({ pluginName, violations = [] }) =>
      violations.flatMap((violation) =>
        pathsOf(violation).map((constructPath) => ({
          rule: `${pluginName}::${violation.ruleName}`,
          severity: severityOf(violation),
          description: violation.description,
          constructPath,
        })),
      ),
    ),
    waived: reports.flatMap(({ suppressedViolations = [] }) =>
      suppressedViolations.flatMap((violation) =>
        pathsOf(violation).map((constructPath) => ({
          id: violation.acknowledgedId,
          severity: severityOf(violation),
          reason: violation.reason,
          constructPath,
        })),
      ),
    ),
  };
}

/** A rule that says nothing of it is an error. */
const severityOf = ({ severity = 'error' }: Violation): string => severity;

// A synthesis without any finding, waived or not, writes no report.
function readReport(directory: string): Report {
  try {
    return JSON.parse(readFileSync(path.join(directory, 'validation-report.json'), 'utf8')) as Report;
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

const pathsOf = ({ violatingConstructs = [] }: Violation): string[] =>
  violatingConstructs.map((construct) => construct.constructPath ?? '(no construct)');
