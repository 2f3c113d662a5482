import * as fc from 'fast-check';
import { holdCall, type HoldProps, isDone, releaseCall } from '../../records/hold/hold';
import type { Row } from '../../records/ledger/attributes';
import { isActive } from '../../records/ledger/call-record';
import type { HoldItem } from '../../media/contract/ledger';
import { regionPlan } from '../support/region-plan';
import { call, stored } from './ledger-rows';

const plan = regionPlan();
const { recordings, recordingsCopy } = plan.names.buckets;

/** A region with one call, in memory: what the ledger and S3 do, and nothing of what is decided on them. */
class Region {
  readonly notesOf = new Map<string, HoldItem>();
  readonly on = new Map<string, boolean>();
  private readonly object = stored('c-1', 'recording#1', 'hello', { bucket: recordings });

  do(act: typeof holdCall, matter: string) {
    const why = { matter, reason: 'subpoena', by: 'arn', at: '2026-11-22T10:00:00.000Z' };
    return act({ ...this.props(), why }, 'c-1');
  }

  private props(): Omit<HoldProps, 'why'> {
    const rows = (): Row[] => [call('c-1'), this.object, ...this.notesOf.values()];
    return {
      plan,
      ledger: { rowsOf: () => Promise.resolve(rows()) },
      notes: {
        place: (callId, { matter, reason, by, at }) => {
          const before = this.notesOf.get(matter);
          if (before && !before.releasedAt) return Promise.resolve('held already');
          this.notesOf.set(matter, { callId, item: `hold#${matter}`, reason, by, placedAt: at });
          return Promise.resolve('placed');
        },
        release: (_, { matter, at }) => {
          const before = this.notesOf.get(matter);
          if (!before || before.releasedAt) return Promise.resolve(false);
          this.notesOf.set(matter, { ...before, releasedAt: at });
          return Promise.resolve(true);
        },
      },
      vaultIn: () => ({
        versionsOf: () => Promise.resolve(['v1', 'v2']),
        hold: ({ bucket, versionId }, status) => {
          if (status === 'OFF' && [...this.notesOf.values()].some(isActive)) throw new Error('lifted from a held call');
          this.on.set(`${bucket} ${versionId}`, status === 'ON');
          return Promise.resolve();
        },
      }),
    };
  }
}

const steps = fc.array(
  fc.record({ act: fc.constantFrom(holdCall, releaseCall), matter: fc.constantFrom('M-1', 'M-2', 'M-3') }),
  { maxLength: 12 },
);

test('whatever is held and released in whatever order, every version and copy is held while any matter holds it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const region = new Region();
      const [holding, known] = [new Set<string>(), new Set<string>()];
      for (const { act, matter } of all) {
        const result = await region.do(act, matter);
        if (act === holdCall) {
          holding.add(matter);
          known.add(matter);
        } else holding.delete(matter);
        expect(isDone(result)).toBe(known.has(matter));
        const expected =
          known.size === 0 ? [] : [recordings, recordingsCopy].flatMap((one) => [`${one} v1`, `${one} v2`]);
        expect(Object.fromEntries(region.on)).toEqual(
          Object.fromEntries(expected.map((version) => [version, holding.size > 0])),
        );
      }
    }),
  );
});
