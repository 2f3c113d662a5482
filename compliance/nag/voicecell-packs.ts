import type { Framework } from '../../regions/config/schema';
import type { Control } from '../controls/control';
import { applies, wholeApp, type AppScope, type Unit } from '../controls/unit';
import { ControlPack } from './control-pack';

/** An app of one's own, or the units of a larger one. */
export type PackScope = AppScope | { readonly units: readonly Unit[] };

/** Controls that one framework asks for, in apps or regions that have chosen it. */
abstract class FrameworkPack extends ControlPack {
  private readonly frameworks: readonly Framework[];

  constructor(frameworks: readonly Framework[], props: PackScope) {
    super('units' in props ? props.units : [wholeApp(frameworks, props)]);
    this.frameworks = frameworks;
  }

  protected override holds({ citations }: Control, unit: Unit): boolean {
    return this.frameworks.some(
      (framework) => unit.frameworks.includes(framework) && citations.some(({ authority }) => authority === framework),
    );
  }
}

/**
 * HIPAA Security Rule (45 CFR Part 164, Subpart C) for recorded calls, as a pack of cdk-nag 3:
 * `Validations.of(app).addPlugins(new VoicecellHipaa({ jurisdiction: 'US' }))`.
 */
export class VoicecellHipaa extends FrameworkPack {
  readonly name = 'VoicecellHipaa';

  constructor(props: PackScope) {
    super(['hipaa'], props);
    this.packName = this.name;
  }
}

/** SEC Rule 17a-4, FINRA Rules 4511, 3110 and, for firms under it, 3170. */
export class VoicecellFinra extends FrameworkPack {
  readonly name = 'VoicecellFinra';

  constructor(props: PackScope) {
    super(['finra', 'finra-taping'], props);
    this.packName = this.name;
  }
}

/** AICPA Trust Services Criteria 2017. */
export class VoicecellSoc2 extends FrameworkPack {
  readonly name = 'VoicecellSoc2';

  constructor(props: PackScope) {
    super(['soc2'], props);
    this.packName = this.name;
  }
}

/** What is asked of every deployment, whatever frameworks it chooses: residency, consent, and the kit's own invariants. */
export class VoicecellAlways extends ControlPack {
  readonly name = 'VoicecellAlways';

  constructor(props: PackScope) {
    super('units' in props ? props.units : [wholeApp([], props)]);
    this.packName = this.name;
  }

  /** What a chosen framework asks for too is told by its pack. */
  protected override holds(control: Control, unit: Unit): boolean {
    const isTold = control.citations.some(({ authority }) =>
      TOLD.some((framework) => framework === authority && unit.frameworks.includes(framework)),
    );
    return !isTold && applies(control, unit);
  }
}

const TOLD: readonly Framework[] = ['hipaa', 'finra', 'finra-taping', 'soc2'];
