import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { tagIn, tagValue, TIER_TAG } from './tags';

/** Tier of what a launch template, an Auto Scaling group or an instance launches, whichever of them says it. */
export function launchedTier(evidence: Evidence, resource: Resource): unknown {
  const own = ownTier(evidence, resource);
  if (own !== undefined) return own;
  const partners =
    resource.type === TEMPLATE
      ? evidence.ofType(GROUP).filter((group) => templateOf(evidence, group) === resource)
      : [templateOf(evidence, resource)];
  return partners.map((partner) => partner && ownTier(evidence, partner)).find((tier) => tier !== undefined);
}

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** Launch templates say it of themselves and of the instances they launch. */
function ownTier(evidence: Evidence, resource: Resource): unknown {
  const specified = ['TagSpecifications', 'LaunchTemplateData.TagSpecifications']
    .flatMap((path) => evidence.list(resource, path))
    .filter(({ ResourceType: type }) => type === 'instance' || type === 'launch-template')
    .map(({ Tags: tags }) => tagIn(tags, TIER_TAG));
  return tagValue(evidence, resource, TIER_TAG) ?? specified.find((tier) => tier !== undefined);
}

/** The launch template of these templates that a group or an instance uses. */
export function templateOf(evidence: Evidence, resource: Resource): Resource | undefined {
  const names = TEMPLATE_AT.flatMap((path) =>
    ['LaunchTemplateId', 'LaunchTemplateName'].map((name) => evidence.at(resource, `${path}.${name}`)),
  );
  return names.map((name) => evidence.resourceOf(name, TEMPLATE)).find((found) => found !== undefined);
}

const TEMPLATE_AT = ['LaunchTemplate', 'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification'] as const;
