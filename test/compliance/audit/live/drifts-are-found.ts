import { DeployedKit } from '../../../support/deployed';
import type { Drift } from '../../../support/drifts/drift';
import { Drifting } from '../../../support/drifts/drifting';
import { withMoto } from '../../../support/moto';

/** Changes an emulated account one setting at a time: each is found on its resource, and nothing else changes. */
export function driftsAreFound(name: string, drifts: readonly Drift[]): void {
  withMoto(name, () => {
    let drifting: Drifting;

    beforeAll(async () => {
      drifting = await Drifting.of(await DeployedKit.start());
    }, 240_000);

    afterAll(() => drifting.kit.stop(), 30_000);

    test.each(tried(drifts))(
      '$what is found, and nothing else',
      async ({ inject, found, minded }) => {
        expect(await drifting.changesOf({ inject })).toEqual({ found, minded });
      },
      60_000,
    );

    test('what was undone is as it was', async () => {
      expect(await drifting.changesOf({ inject: () => Promise.resolve(undefined) })).toEqual({ found: [], minded: [] });
    }, 60_000);
  });
}

/** All of them under CI; of an audit each, a fourth is what a run of all tests has time for. */
const tried = (drifts: readonly Drift[]): readonly Drift[] =>
  process.env['CI'] === 'true' ? drifts : drifts.filter((_, index) => index % 4 === 0);
