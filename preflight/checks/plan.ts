import { DATA_CLASSES } from '../../regions/config/schema';
import { hasEnded, pathOf } from '../../regions/config/settlements';
import type { RegionPlan } from '../../regions/plan/types';
import { ok, unlessAny, willFail, type Check, type Finding } from '../verdict';

const NEEDED = 'nothing that deploying commands refuse';

/** What needs no account to know: the plan's own refusals, and what has ended. A refusal says itself what to change. */
export const planCheck: Check = {
  name: 'plan',
  assess: (plan, { askedAt, named }) =>
    unlessAny(
      [
        ...plan.refusals.map((refusal) => refused(refusal, named)),
        ...endedSettlements(plan, askedAt.toISOString().slice(0, 10)),
      ],
      ok('no refusal', NEEDED),
    ),
};

function refused(refusal: string, named: string): Finding {
  const [found = refusal, ...remedy] = refusal.split('; ');
  return willFail(found, NEEDED, withCommand(remedy.join('; '), named));
}

const endedSettlements = ({ requirements }: RegionPlan, today: string): Finding[] =>
  DATA_CLASSES.flatMap((dataClass) => {
    const { settledBy } = requirements[dataClass];
    if (!settledBy || !hasEnded(settledBy, today)) return [];
    const { approver, expires } = settledBy;
    return [
      willFail(
        `${dataClass}: what ${approver} settled ended on ${expires}`,
        NEEDED,
        `have it decided anew, and change ${pathOf(dataClass).join('.')} in the deployment's file`,
      ),
    ];
  });

/** A plan does not know by which name its user calls it. */
const withCommand = (remedy: string, named: string): string =>
  remedy.replace('<deployment>', named).replace(/\brun (voicecell .+)$/, '`$1`');
