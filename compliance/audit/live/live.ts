import type { Unknown } from '../../../aws/answer';
import { VUL_04 } from '../../controls/VUL-04';
import { Evidence } from '../../controls/evidence';
import type { TemplateSet } from '../../templates/template-set';
import { findingsOf, type AuditUnit, type Ledger } from '../findings';
import type { Finding } from '../posture';
import { resourcesOfStack, stacksIn } from './discover';
import { driftFindings, explained } from './drift-findings';
import { overlay, WITHOUT_SETTINGS, type LiveSet } from './overlay';
import { resting } from './resting';
import { readersFor } from './readers';
import type { Deployed, LiveRegion, Reading } from './reading';

/** A unit as it is written, and how the account is asked for it. */
export interface LiveUnit {
  readonly audited: AuditUnit;
  /** CloudFormation's names of the unit's stacks: template name → stack name. */
  readonly stackNames: ReadonlyMap<string, string>;
  /** Of every region that a stack stands in. */
  readonly regions: ReadonlyMap<string, LiveRegion>;
}

/** Is told how far a region has come: resources read of so many. */
export type Progress = (region: string, done: number, all: number) => void;

export interface LiveResult {
  readonly findings: readonly Finding[];
  readonly audited: AuditUnit;
  readonly limits: readonly string[];
}

/**
 * Reads what the account has of a unit, in all its regions at once, and judges it by the same controls as the templates. It
 * changes nothing.
 */
export async function auditLive(unit: LiveUnit, ledger: Ledger, progress: Progress): Promise<LiveResult> {
  const { audited } = unit;
  const { set } = audited.evidence;
  const perRegion = await Promise.all(
    [...unit.regions.values()].map((region) =>
      readRegion(unit, region, (done, all) => progress(region.region, done, all)),
    ),
  );
  const deployed = perRegion.flatMap((one) => one.deployed);
  const readings = perRegion.flatMap((one) => one.readings);
  const asked = new Set(perRegion.flatMap((one) => one.askedStacks));
  const unlisted = set.stacks.map(({ name }) => name).filter((name) => !asked.has(name));
  const live = overlay(set, deployed, readings, new Set(unlisted));
  const unitOf = (evidence: TemplateSet): AuditUnit => ({
    ...audited,
    evidence: new Evidence(evidence, audited.evidence.scope),
  });
  const judge = (judged: AuditUnit): Finding[] =>
    explained(
      findingsOf(judged, ledger).filter(({ control }) => control !== VUL_04.id),
      live,
    );
  const liveUnit = unitOf(live.set);
  const unknown = perRegion.flatMap((one) => one.unknown);
  const compared = { ...live, unknown, same: sameByStack(live, readings) };
  return {
    audited: liveUnit,
    findings: [
      ...resting(judge(liveUnit), () => judge(unitOf(live.assumed)), live, unknown),
      ...driftFindings(audited, compared, ledger),
    ],
    limits: [...perRegion.flatMap((one) => one.limits), ...unreadTypes(set)],
  };
}

interface RegionRead {
  readonly deployed: readonly Deployed[];
  readonly readings: readonly Reading[];
  /** Names of templates whose stacks could be asked for. */
  readonly askedStacks: readonly string[];
  readonly unknown: readonly Unknown[];
  readonly limits: readonly string[];
}

async function readRegion(
  { audited, stackNames }: LiveUnit,
  region: LiveRegion,
  progress: (done: number, all: number) => void,
): Promise<RegionRead> {
  const { set } = audited.evidence;
  const stacks = await stacksIn(region);
  if (!stacks.known) return { deployed: [], readings: [], askedStacks: [], unknown: [stacks], limits: [] };
  const mine = set.stacks.filter((stack) => stack.region === region.region);
  const names = new Set(stacks.value.map(({ name }) => name));
  const listed = await Promise.all(
    mine.map(async (stack) => {
      const name = stackNames.get(stack.name);
      const answer = name !== undefined && names.has(name) ? await resourcesOfStack(region, name) : undefined;
      return { stack, answer };
    }),
  );
  const deployed = listed.flatMap(({ stack, answer }) =>
    answer?.known
      ? set.resources.flatMap((resource) => {
          const physicalId = resource.stack === stack ? answer.value.get(resource.logicalId) : undefined;
          return physicalId === undefined ? [] : [{ resource, physicalId }];
        })
      : [],
  );
  return {
    deployed,
    readings: await readAll(
      deployed,
      { ...region, made: new Set(deployed.map(({ physicalId }) => physicalId)) },
      progress,
    ),
    askedStacks: listed.filter(({ answer }) => !answer || answer.known).map(({ stack }) => stack.name),
    unknown: listed.flatMap(({ answer }) => (answer && !answer.known ? [answer] : [])),
    limits: strangers(stacks.value, set, stackNames, region),
  };
}

async function readAll(
  deployed: readonly Deployed[],
  region: LiveRegion,
  progress: (done: number, all: number) => void,
): Promise<readonly Reading[]> {
  const readers = readersFor(deployed.map(({ resource }) => resource.type));
  const jobs = readers.map((reader) => ({
    reader,
    mine: deployed.filter(({ resource }) => reader.types.includes(resource.type)),
  }));
  const all = jobs.reduce((sum, { mine }) => sum + mine.length, 0);
  let done = 0;
  progress(done, all);
  const read = await Promise.all(
    jobs.map(async ({ reader, mine }) => {
      const readings = await reader.read(mine, region);
      done += mine.length;
      progress(done, all);
      return readings;
    }),
  );
  return read.flat();
}

/** Stacks that say they are of this deployment and that no template is of. */
function strangers(
  stacks: readonly { readonly name: string; readonly deployment?: string }[],
  set: TemplateSet,
  stackNames: ReadonlyMap<string, string>,
  { region }: LiveRegion,
): string[] {
  const deployments = new Set(set.stacks.map(({ name }) => name.split('/')[0]));
  const ours = new Set(stackNames.values());
  return stacks
    .filter(({ name, deployment }) => deployment !== undefined && deployments.has(deployment) && !ours.has(name))
    .map(
      ({ name, deployment }) =>
        `${region}: stack ${name} says it is of ${deployment ?? ''}, and no template is; not judged`,
    );
}

function sameByStack({ drifts, unread, added }: LiveSet, readings: readonly Reading[]): ReadonlyMap<string, number> {
  const hung = new Set(added.map(({ resource }) => resource));
  const counts = new Map<string, number>();
  for (const { deployed, isGone } of readings) {
    const { resource } = deployed;
    if (isGone || drifts.has(resource) || unread.has(resource) || hung.has(resource)) continue;
    counts.set(resource.stack.name, (counts.get(resource.stack.name) ?? 0) + 1);
  }
  return counts;
}

/** Types that nobody reads are unknown to every control, and said so. */
function unreadTypes(set: TemplateSet): string[] {
  const types = [...new Set(set.resources.map(({ type }) => type))];
  const readable = new Set(readersFor(types).flatMap((reader) => reader.types));
  return types
    .filter((type) => !readable.has(type) && !WITHOUT_SETTINGS.has(type))
    .toSorted()
    .map((type) => `${type} is not read in accounts: what rests on it is indeterminate`);
}
