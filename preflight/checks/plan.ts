import { ok, unlessAny, willFail, type Check } from '../verdict';

const NEEDED = 'nothing that deploying commands refuse';

/** What needs no account to know: the plan's own refusals. A refusal says itself what to change. */
export const planCheck: Check = {
  name: 'plan',
  assess: ({ refusals }, { named }) =>
    unlessAny(
      refusals.map((refusal) => {
        const [found = refusal, ...remedy] = refusal.split('; ');
        return willFail(found, NEEDED, withCommand(remedy.join('; '), named));
      }),
      ok('no refusal', NEEDED),
    ),
};

/** A plan does not know by which name its user calls it. */
const withCommand = (remedy: string, named: string): string =>
  remedy.replace('<deployment>', named).replace(/\brun (voicecell .+)$/, '`$1`');
