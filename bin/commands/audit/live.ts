import { Asking, type Limits } from '../../../aws/ask';
import type { ClientOptions } from '../../../aws/reader';
import { auditLive, type Progress } from '../../../compliance/audit/live/live';
import type { LiveRegion } from '../../../compliance/audit/live/reading';
import { runningFindings } from '../../../compliance/audit/live/running/running';
import { unreadFindings } from '../../../compliance/audit/unread-findings';
import type { Ledger } from '../../../compliance/audit/findings';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Synthesised } from './deployment';
import type { SubjectResult } from './subject';

/** An account of many regions is asked for longer than a preflight asks. */
const LIMITS: Limits = { questionMs: 30_000, runMs: 600_000, atOnce: 24 };

export interface LiveAsked {
  readonly client: ClientOptions;
  readonly now: Date;
  readonly progress: Progress;
}

/** What the account has of what was synthesised. */
export async function readAccount(written: Synthesised, ledger: Ledger, asked: LiveAsked): Promise<SubjectResult> {
  const { subject, stackNames } = written;
  const regions = regionsOf(subject.plans, asked.client);
  const [read, running] = await Promise.all([
    Promise.all(subject.units.map((audited) => auditLive({ audited, stackNames, regions }, ledger, asked.progress))),
    runningFindings(subject.plans, (name) => regionIn(regions, name), { now: asked.now, units: subject.units }),
  ]);
  return {
    subject: {
      ...subject,
      mode: 'live',
      units: read.map(({ audited }) => audited),
      limits: [...subject.limits, ...read.flatMap(({ limits }) => limits)],
      judged: [...read.flatMap(({ findings }) => findings), ...running],
      // What validation found is about templates.
      also: read.flatMap(({ audited, limits }) => unreadFindings(audited.name, limits)),
    },
  };
}

const regionIn = (regions: ReadonlyMap<string, LiveRegion>, name: string): LiveRegion => {
  const found = regions.get(name);
  if (!found) throw new RangeError(`no plan stands in ${name}`);
  return found;
};

/** Every region that a stack stands in, each asked side by side under one bound. */
function regionsOf(plans: readonly RegionPlan[], client: ClientOptions): ReadonlyMap<string, LiveRegion> {
  const asking = new Asking(LIMITS);
  const places = plans.flatMap(({ region, copies, account, partition }) =>
    [region, copies.region].map((name) => ({ region: name, account, partition })),
  );
  return new Map(places.map((place) => [place.region, { ...place, ask: asking.in(place.region), client }]));
}
