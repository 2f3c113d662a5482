import { type FoundIn } from './find-text';

/** For programs; `version` changes with the form. Rows are the ledger's own. */
export const jsonFound = (deployment: string, regions: readonly FoundIn[]): string =>
  JSON.stringify(
    {
      version: 1,
      deployment,
      regions: regions.map(({ region, found: { calls, missing, problems } }) => ({
        region,
        calls: calls.map(({ call, objects, holds }) => ({ ...call, objects, holds })),
        missing,
        problems,
      })),
    },
    undefined,
    2,
  );
