import {
  CfnResource,
  Stage,
  Validations,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import type { NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { auditTrail, waiverFor, type Waiver } from './waivers';

/**
 * Runs a third-party pack and applies the waiver ledger to what it finds, here and nowhere else.
 *
 * A finding is acknowledged on the very construct it was found on and with its qualified, granular id, because only
 * that form appears under `suppressedViolations` in the validation report. It is done while validating, since the
 * granular ids hold resolved references that do not exist earlier. Warnings are reported and fail nothing (cdk-nag 3
 * fails a synth whose pack has warnings only).
 */
export class WaivedPack implements IPolicyValidationPlugin {
  readonly name: string;
  readonly version?: string;
  private readonly pack: NagPack;
  private readonly waivers: readonly Waiver[];
  private readonly used: Set<Waiver>;

  /** @param used gets each waiver that covers a finding */
  constructor(pack: NagPack, waivers: readonly Waiver[], used = new Set<Waiver>()) {
    this.name = pack.name;
    this.pack = pack;
    this.waivers = waivers;
    this.used = used;
    if (pack.version) this.version = pack.version;
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { violations } = this.pack.validate(context);
    for (const violation of violations)
      for (const resource of violation.violatingResources)
        if (resource.constructPath) this.acknowledge(context.appConstruct, violation.ruleName, resource.constructPath);
    return { violations, success: violations.every(({ severity }) => severity === 'warning') };
  }

  private acknowledge(app: IConstruct, rule: string, constructPath: string): void {
    const construct = find(app, constructPath);
    const waiver = construct && waiverFor(this.waivers, { plugin: this.name, rule, place: placeOf(construct) });
    if (!waiver) return;
    this.used.add(waiver);
    Validations.of(construct).acknowledge({ id: `${this.name}::${rule}`, reason: auditTrail(waiver) });
  }
}

function find(root: IConstruct, constructPath: string): IConstruct | undefined {
  let node: IConstruct | undefined = root;
  for (const id of constructPath.split('/')) node = node?.node.tryFindChild(id);
  return node;
}

/** Place of what is about a deployment as a whole. */
const WHOLE = 'deployment';

/** The same for a region of the kit's own app and of anybody's, however deep its stage stands. */
function placeOf(construct: IConstruct): string {
  const above = Stage.of(construct)?.node.scopes.length ?? 0;
  const ids = construct.node.scopes.slice(above).map(({ node }) => node.id);
  return CfnResource.isCfnResource(construct) ? ids.filter((id) => id !== 'Default').join('/') : WHOLE;
}
