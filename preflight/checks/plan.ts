import { ok, unlessAny, willFail, type Check } from '../verdict';

const NEEDED = 'nothing that deploying commands refuse';

/** What needs no account to know: the plan's own refusals. A refusal says itself what to change. */
export const planCheck: Check = {
  name: 'plan',
  assess: ({ refusals }) =>
    unlessAny(
      refusals.map((refusal) => {
        const [found = refusal, ...remedy] = refusal.split('; ');
        return willFail(found, NEEDED, remedy.join('; '));
      }),
      ok('no refusal', NEEDED),
    ),
};
