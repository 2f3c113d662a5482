import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { allowedList, isAllowed, RESIDENCY } from './shared/residency';

/** Templates only show what they make; the live check looks through every region of the account. */
export const RES_03: Control = {
  id: 'RES-03',
  title: 'Nothing that holds data of calls lies outside the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-22',
  builds: 'Stores in the region of the plan and copies in its partner region of the same jurisdiction.',
  onTemplate: 'Each resource with a class of data of calls is in a stack of an allowed region.',
  live: 'resource-explorer-2:Search by class tag in all regions; s3:ListBuckets, s3:HeadBucket',
  check: (evidence) =>
    evidence.set.resources
      .filter((resource) => evidence.dataClassOf(resource) !== undefined)
      .map((resource) => judge(evidence, resource)),
};

function judge(evidence: Evidence, resource: Resource): Judgement {
  const { region } = resource.stack;
  const held = evidence.dataClassOf(resource);
  if (region === undefined) return unclear(resource, `it holds ${held} data in no certain region; give its stack one`);
  if (isAllowed(evidence, region)) return met(resource, `it holds ${held} data in ${region}`);
  return unmet(resource, `it holds ${held} data in ${region}; move it to one of ${allowedList(evidence)}`);
}
