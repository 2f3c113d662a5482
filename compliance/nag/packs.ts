import { AwsSolutionsChecks, HIPAASecurityChecks, NagRuleCompliance, type IApplyRule, type NagPack } from 'cdk-nag';
import type { Unit } from '../controls/unit';
import { VoicecellAlways, VoicecellFinra, VoicecellHipaa, VoicecellSoc2 } from './voicecell-packs';
import { WaivedPack } from './waived-pack';
import type { Waiver } from './waivers';

/** How often a rule applied to a resource and held, by construct path. */
export type Tally = Map<string, number>;

/** Plugins for `Validations.of(app).addPlugins`, and what they will have counted. */
export interface CheckedPacks {
  readonly plugins: readonly WaivedPack[];
  /** Filled while the app is validated. */
  readonly tally: Tally;
  /** Waivers that covered a finding, filled likewise. */
  readonly used: ReadonlySet<Waiver>;
}

/**
 * The packs every deployment is checked with, their findings run through the waiver ledger: two of cdk-nag, and the kit's own
 * over the units that are held to it.
 * @param units `unitsOf(plans)`; default none, which leaves the kit's own packs out
 */
export function checkedPacks(waivers: readonly Waiver[], units: readonly Unit[] = []): CheckedPacks {
  const tally: Tally = new Map();
  const ours = [VoicecellHipaa, VoicecellFinra, VoicecellSoc2, VoicecellAlways].map((Pack) => new Pack({ units }));
  const packs = [new AwsSolutionsChecks(), new HIPAASecurityChecks(), ...ours].map((pack) => counted(pack, tally));
  const used = new Set<Waiver>();
  return { plugins: packs.map((pack) => new WaivedPack(pack, waivers, used)), tally, used };
}

/** cdk-nag records what fails and forgets what holds; a posture needs both. The hook is protected, not private, in NagPack. */
function counted(pack: NagPack, tally: Tally): NagPack {
  const hooked = pack as unknown as { applyRule(params: IApplyRule): void };
  const apply = hooked.applyRule.bind(pack);
  hooked.applyRule = (params) => apply(counting(params, tally));
  return pack;
}

function counting(params: IApplyRule, tally: Tally): IApplyRule {
  return {
    ...params,
    // cdk-nag names a rule after its function, which is wrapped here.
    ruleSuffixOverride: params.ruleSuffixOverride ?? params.rule.name,
    rule: (node) => {
      const result = params.rule(node);
      if (result === NagRuleCompliance.COMPLIANT) tally.set(node.node.path, (tally.get(node.node.path) ?? 0) + 1);
      return result;
    },
  };
}
