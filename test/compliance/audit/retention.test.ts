import { kitPosture } from '../../support/postures';

test('says of every class what its stores keep, by lock or by the rule that disposes', () => {
  const rows = kitPosture('healthcare-us').retention;
  const kept = (dataClass: string) =>
    rows
      .filter((row) => row.dataClass === dataClass)
      .flatMap(({ stores }) =>
        stores.map(({ days, lockMode, isForever }) => isForever ?? `${days} ${lockMode ?? '-'}`),
      );
  expect(new Set(kept('recording'))).toEqual(new Set(['2192 COMPLIANCE']));
  expect(new Set(kept('cdr'))).toEqual(new Set([true, '2192 GOVERNANCE']));
  expect(new Set(kept('posture'))).toEqual(new Set(['2557 GOVERNANCE']));
  expect(new Set(kept('log'))).toEqual(new Set(['2192 -']));
});
