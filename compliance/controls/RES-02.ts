import { partitionOf } from '../../regions/catalog';
import { isKnown, UNKNOWN } from '../templates/evaluate';
import { isRecord, type Resource, type StackTemplate } from '../templates/template-set';
import { met, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { RESIDENCY } from './shared/residency';

/** An ARN of another partition names nothing: the denial or the allowance it stands in is not there. */
export const RES_02: Control = {
  id: 'RES-02',
  title: 'ARNs name the partition in which their stack lies.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'ARNs made from the partition of the plan or of the stack.',
  onTemplate: 'No ARN anywhere in a stack has another partition than that of the region of the stack.',
  live: 'none: an ARN of another partition cannot be deployed as the name of anything that is there',
  check: (evidence) => evidence.set.stacks.flatMap((stack) => judge(evidence, stack)),
};

function judge(evidence: Evidence, stack: StackTemplate): readonly Judgement[] {
  const resources = Object.keys(stack.body.Resources ?? {}).flatMap((id) => evidence.set.at(stack, id) ?? []);
  const flawed = resources.flatMap((resource) => {
    const flaws = flawsOf(evidence, resource);
    return flaws.length > 0 ? [verdict(resource, flaws, '')] : [];
  });
  const [first] = resources;
  if (flawed.length > 0 || !first) return flawed;
  return [met(first, 'no ARN of its stack names another partition')];
}

function flawsOf(evidence: Evidence, resource: Resource): readonly Flaw[] {
  const { region } = resource.stack;
  // Without a region every `AWS::Partition` is hidden, and only what is written by hand can be wrong.
  const partitions = partitionsIn(region === undefined ? resource.properties : evidence.properties(resource));
  if (partitions.size === 0) return [];
  const own = region && partitionOf(region);
  const where = own ? `partition ${own}` : 'a region of which no partition is known';
  return [...partitions].flatMap((partition) => {
    if (partition === own) return [];
    if (!own || !isKnown(partition)) return [hidden(`it holds an ARN of ${shownPartition(partition)} in ${where}`)];
    return [wrong(`it holds an ARN of partition ${partition} in ${where}; use AWS::Partition`)];
  });
}

/** In keys too, such as those of conditions. */
function partitionsIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string') addFrom(value, found);
  else if (Array.isArray(value)) for (const item of value) partitionsIn(item, found);
  else if (isRecord(value))
    for (const key of Object.keys(value)) {
      addFrom(key, found);
      partitionsIn(value[key], found);
    }
  return found;
}

function addFrom(text: string, found: Set<string>): void {
  if (text.includes('arn:')) for (const [, partition = ''] of text.matchAll(ARN)) found.add(partition);
}

const ARN = /arn:(aws[a-z-]*|\u{FFFD}):/gu;

const shownPartition = (partition: string): string =>
  partition === UNKNOWN ? 'a partition that cannot be read' : `partition ${partition}`;
