import { ok, willFail, type Check } from '../verdict';

/** The credentials are of the account the plan is for. */
export const accountCheck: Check = {
  name: 'account',
  assess: ({ account: planned, deployment }, { account: { caller } }) => {
    const needed = `credentials of account ${planned}`;
    return [
      caller.account === planned
        ? ok(caller.arn, needed)
        : willFail(
            `credentials of account ${caller.account}`,
            needed,
            `sign in to ${planned}, or mend account: in the file of ${deployment}`,
          ),
    ];
  },
};
