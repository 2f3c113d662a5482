import { Evaluator } from '../../templates/evaluate';
import { UNKNOWN } from '../../templates/tokens';
import {
  TemplateSet,
  type Resource,
  type ResourceBody,
  type StackTemplate,
  type TemplateBody,
} from '../../templates/template-set';
import { hidden } from '../hidden';
import type { Drifted } from '../posture';
import { isAsWritten } from './compare';
import { Links } from './links';
import type { Deployed, Reading, Unread } from './reading';

/** What an account says of the resources of templates. */
export interface LiveSet {
  /** The templates as the account has them: what was not read is unknown, what is gone is left out. */
  readonly set: TemplateSet;
  /** The same, with what was not read as the templates write it: what differs between the two rests on what was not read. */
  readonly assumed: TemplateSet;
  /** By resource of the templates as written. */
  readonly drifts: ReadonlyMap<Resource, readonly Drifted[]>;
  readonly gone: readonly Resource[];
  readonly unread: ReadonlyMap<Resource, readonly Unread[]>;
  /** Resources in no template. */
  readonly added: readonly Added[];
}

export interface Added {
  /** What it hangs on. */
  readonly resource: Resource;
  readonly type: string;
  readonly id: string;
}

/** Types that are no setting of anything: they are as their template says, or there is no stack. */
export const WITHOUT_SETTINGS: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::Stack',
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::Logs::LogStream',
]);

/** What CloudFormation does with a resource one day, which no account shows: it is as written. */
const WRITE_ONLY: Readonly<Record<string, readonly string[]>> = {
  'AWS::KMS::Key': ['PendingWindowInDays', 'BypassPolicyLockoutSafetyCheck'],
};

/**
 * Lays what was read over what was written. Pure.
 * @param unlisted names of stacks of which nobody told what is in them: nothing of theirs is known, and nothing is gone
 */
export function overlay(
  written: TemplateSet,
  deployed: readonly Deployed[],
  readings: readonly Reading[],
  unlisted: ReadonlySet<string> = new Set(),
): LiveSet {
  const links = new Links(deployed);
  const evaluator = new Evaluator(written);
  const read = new Map(readings.map((reading) => [reading.deployed.resource, reading]));
  const there = new Set(deployed.map(({ resource }) => resource));
  const drifts = new Map<Resource, readonly Drifted[]>();
  const bodies = new Map<Resource, ResourceBody>();
  const assumed = new Map<Resource, ResourceBody>();
  for (const resource of written.resources) {
    const reading = read.get(resource);
    const isKnownOf = there.has(resource) || unlisted.has(resource.stack.name);
    if (!isKnownOf || reading?.isGone) continue;
    const body = WITHOUT_SETTINGS.has(resource.type) ? resource.body : unreadBody(resource);
    if (!reading) {
      bodies.set(resource, body);
      assumed.set(resource, resource.body);
      continue;
    }
    const drift = driftOf(evaluator.properties(resource), reading, links);
    if (drift.length > 0) drifts.set(resource, drift);
    const drifted = new Set(drift.map(({ property }) => property));
    const unread = (name: string): unknown => (isWriteOnly(resource.type, name) ? resource.properties[name] : UNKNOWN);
    bodies.set(resource, readBody(resource, reading, drifted, links, unread));
    assumed.set(
      resource,
      readBody(resource, reading, drifted, links, (name) => resource.properties[name]),
    );
  }
  return {
    set: rebuilt(written, bodies, readings, links),
    assumed: rebuilt(written, assumed, readings, links),
    drifts,
    gone: written.resources.filter((resource) => !bodies.has(resource)),
    unread: new Map(
      readings.flatMap(({ deployed: { resource }, unread = [] }) =>
        unread.length > 0 ? [[resource, unread] as const] : [],
      ),
    ),
    added: readings.flatMap(({ deployed: { resource }, beside = [] }) =>
      beside.map(({ type, id }) => ({ resource, type, id })),
    ),
  };
}

/** Nothing is known of it. */
const unreadBody = ({ body, properties }: Resource): ResourceBody => ({
  ...body,
  Properties: Object.fromEntries(Object.keys(properties).map((name) => [name, UNKNOWN])),
});

function driftOf(
  written: Readonly<Record<string, unknown>>,
  { deployed: { resource }, properties }: Reading,
  links: Links,
): Drifted[] {
  return Object.entries(properties)
    .filter(([name, live]) => !isAsWritten(written[name], live, links))
    .map(([property, live]) => ({
      property,
      template: hidden(resource.type, property, written[property]),
      ...(live === undefined ? {} : { live: hidden(resource.type, property, live) }),
    }));
}

/**
 * As written where it is as written, so that references stay references; as read where it is not.
 * @param notRead value of a property that nobody told
 */
function readBody(
  { body, properties: written }: Resource,
  { properties: live, unread = [] }: Reading,
  drifted: ReadonlySet<string>,
  links: Links,
  notRead: (name: string) => unknown,
): ResourceBody {
  // What nobody answers is unknown, even where the template writes none of it: the account may.
  const asked = unread.flatMap(({ properties }) => properties);
  const names = [...new Set([...Object.keys(written), ...Object.keys(live), ...asked])];
  const entries = names.map((name) => {
    if (!(name in live)) return [name, notRead(name)];
    return [name, drifted.has(name) ? links.relink(live[name]) : written[name]];
  });
  return { ...body, Properties: Object.fromEntries(entries.filter(([, value]) => value !== undefined)) };
}

const isWriteOnly = (type: string, name: string): boolean => WRITE_ONLY[type]?.includes(name) ?? false;

/** The set with other bodies, and with what stands beside them. */
function rebuilt(
  written: TemplateSet,
  bodies: ReadonlyMap<Resource, ResourceBody>,
  readings: readonly Reading[],
  links: Links,
): TemplateSet {
  const stacks = new Map<StackTemplate, StackTemplate>();
  const of = (stack: StackTemplate): StackTemplate => {
    const known = stacks.get(stack);
    if (known) return known;
    const parent = stack.parent && { ...stack.parent, stack: of(stack.parent.stack) };
    const body = bodyOf(written, stack, bodies, readings, links);
    const made: StackTemplate = parent ? { ...stack, parent, body } : { ...stack, body };
    stacks.set(stack, made);
    return made;
  };
  return new TemplateSet(written.stacks.map(of));
}

function bodyOf(
  written: TemplateSet,
  stack: StackTemplate,
  bodies: ReadonlyMap<Resource, ResourceBody>,
  readings: readonly Reading[],
  links: Links,
): TemplateBody {
  const mine = written.resources.filter((resource) => resource.stack === stack);
  const kept = mine.flatMap((resource) => {
    const body = bodies.get(resource);
    return body ? [[resource.logicalId, body] as const] : [];
  });
  const added = readings
    .filter(({ deployed }) => deployed.resource.stack === stack)
    .flatMap(({ beside = [] }) => beside)
    .map(({ type, id, properties }) => [
      `Live${id.replaceAll(/[^A-Za-z0-9]/g, '')}`,
      { Type: type, Properties: links.relink(properties) as Readonly<Record<string, unknown>> },
    ]);
  return { ...stack.body, Resources: Object.fromEntries([...kept, ...added]) };
}
