import { isKnown } from '../../templates/evaluate';
import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { numberIn } from './records';
import { CELL_TAG, TIER_TAG, tagValue } from './tags';

const RUNNING = ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance', 'AWS::ECS::Service'] as const;

/** Stable across accounts, unlike a name such as us-east-1a. */
const AZ_ID = /^[a-z0-9]+-az\d+$/;

/** What runs a tier; a group that can hold no instance does not. */
export const runningTier = (evidence: Evidence, tier: string): readonly Resource[] =>
  evidence
    .ofType(...RUNNING)
    .filter(
      (resource) => tagValue(evidence, resource, TIER_TAG) === tier && numberIn(evidence.at(resource, 'MaxSize')) !== 0,
    );

/** AZ ids that resources say they are in, and whether every one says so. */
export function cellsOf(evidence: Evidence, resources: readonly Resource[]) {
  const tags = resources.map((resource) => tagValue(evidence, resource, CELL_TAG));
  const cells = new Set(tags.filter((tag): tag is string => typeof tag === 'string' && AZ_ID.test(tag)));
  return { cells, known: isKnown(tags) };
}
