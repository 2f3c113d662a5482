import type { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { NagMessageLevel, NagPack, NagRuleCompliance } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { CONTROLS } from '../controls/catalogue';
import { wholeText, type Control } from '../controls/control';
import type { Unit } from '../controls/unit';
import { acknowledgementsIn } from '../templates/acknowledgements';
import { templatesOf } from '../templates/from-context';
import { judge, keyOfConstruct, type Judged, type JudgedByResource } from './judged';

/**
 * A cdk-nag pack that loops over the catalogue of controls. It judges the templates that were written, not constructs: an
 * override, a raw `CfnResource` and a nested stack are what they are deployed as. What cannot be known fails.
 */
export abstract class ControlPack extends NagPack {
  override readonly version = '1.0.0';
  private readonly units: readonly Unit[];
  private judged: JudgedByResource | undefined;
  private found: Found[] = [];

  constructor(units: readonly Unit[]) {
    super();
    this.units = units;
  }

  /** Whether this pack holds a unit to a control. */
  protected abstract holds(control: Control, unit: Unit): boolean;

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const written = { templates: templatesOf(context), acknowledgements: acknowledgementsIn(context.appConstruct) };
    this.judged = judge(written, this.units, (unit) => CONTROLS.filter((control) => this.holds(control, unit)));
    return super.validate(context);
  }

  /**
   * @throws {Error} before `validate`: a pack of cdk-nag judges constructs, this one the templates of a validation
   */
  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    if (!this.judged)
      throw new Error(`${this.packName} judges templates: register it with Validations.of(app).addPlugins`);
    this.found = [];
    const { violations } = super.validateScope(scope);
    const left = new Set(violations.flatMap(placesIn));
    const found = this.found.filter(({ rule, node, severity }) => severity === 'fatal' || left.has(`${rule} ${node}`));
    const told = grouped(found);
    return { violations: told, success: told.every(({ severity }) => severity === 'warning') };
  }

  protected override checkResource(node: CfnResource): void {
    for (const one of this.judged?.get(keyOfConstruct(node)) ?? []) this.tell(node, one);
  }

  private tell(node: CfnResource, { control, judgement, place }: Judged): void {
    const holds = judgement.answer === 'met';
    this.applyRule({
      ruleSuffixOverride: control.id,
      info: control.title,
      explanation: wholeText(judgement),
      level: control.severity === 'warning' ? NagMessageLevel.WARN : NagMessageLevel.ERROR,
      node,
      rule: () => (holds ? NagRuleCompliance.COMPLIANT : NagRuleCompliance.NON_COMPLIANT),
    });
    if (holds) return;
    const unknown = judgement.answer === 'indeterminate' ? 'cannot be shown: ' : '';
    this.found.push({
      rule: `${this.packName}-${control.id}`,
      node: node.node.path,
      place: place ?? node.node.path,
      severity: control.severity,
      description: `${control.title} ${unknown}${wholeText(judgement)}`,
    });
  }
}

interface Found {
  readonly rule: string;
  /** Construct path of the resource it was found on, and of what it is told of. */
  readonly node: string;
  readonly place: string;
  readonly severity: Control['severity'];
  readonly description: string;
}

const placesIn = ({ ruleName, violatingResources }: PolicyViolation): string[] =>
  violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath ?? ''}`);

/** cdk-nag tells all findings of a rule in the words of the first; here each has its own. */
function grouped(found: readonly Found[]): PolicyViolation[] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const key = `${one.rule} ${one.description}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const places = [...new Set(group.map(({ place }) => place))];
    return {
      ruleName: first.rule,
      description: first.description,
      severity: first.severity,
      violatingResources: places.map((constructPath) => ({ constructPath, locations: ['Properties'] })),
    };
  });
}
