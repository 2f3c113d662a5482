import {
  AutoScalingClient,
  DescribeLifecycleHooksCommand,
  paginateDescribeAutoScalingGroups,
  type AutoScalingGroup,
  type LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { mapAnswer, type Answer } from '../../../../../../aws/answer';
import { clientConfig } from '../../../../../../aws/reader';
import type { Deployed, LiveReader, LiveRegion } from '../../../reading';
import { GONE, readingOf, type Part } from '../../data/parts';
import { everyPage, picked } from '../../data/shapes';
import { inChunks } from '../chunks';
import { GROUP_DEFAULTS, GROUP_NAMES, groupProperties } from './group';
import { TEMPLATES_ACTION, templateReading, type Used, versionsOf } from './launch-templates';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const GROUPS_ACTION = 'autoscaling:DescribeAutoScalingGroups';
const HOOKS_ACTION = 'autoscaling:DescribeLifecycleHooks';
const HOOKS = 'LifecycleHookSpecificationList';

/** Groups, and what they launch: a group may have gone back to another version of its template. */
export const fleets: LiveReader = {
  types: [GROUP, TEMPLATE],
  actions: [GROUPS_ACTION, HOOKS_ACTION, TEMPLATES_ACTION],
  async read(deployed, region) {
    const client = new AutoScalingClient(clientConfig(region));
    const groups = deployed.filter(({ resource }) => resource.type === GROUP);
    const templates = deployed.filter(({ resource }) => resource.type === TEMPLATE);
    const answer = await groupsOf(groups, region, client);
    const used = mapAnswer(answer, (all) => all.flatMap(usedBy));
    return [
      ...(await Promise.all(groups.map((group) => groupReading(group, answer, region, client)))),
      ...(await templateReadings(templates, used, region)),
    ];
  },
};

const groupsOf = (groups: readonly Deployed[], { ask }: LiveRegion, client: AutoScalingClient) =>
  inChunks(
    groups.map(({ physicalId }) => physicalId),
    50,
    (AutoScalingGroupNames) =>
      ask(GROUPS_ACTION, (abortSignal) =>
        everyPage(
          paginateDescribeAutoScalingGroups({ client }, { AutoScalingGroupNames }, { abortSignal }),
          ({ AutoScalingGroups }) => AutoScalingGroups,
        ),
      ),
  );

function usedBy({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): Used[] {
  const mixed = MixedInstancesPolicy?.LaunchTemplate;
  const overrides = (mixed?.Overrides ?? []).map((override) => override.LaunchTemplateSpecification);
  return [LaunchTemplate, mixed?.LaunchTemplateSpecification, ...overrides].flatMap(
    (specification?: LaunchTemplateSpecification) =>
      specification?.LaunchTemplateId
        ? [{ id: specification.LaunchTemplateId, version: specification.Version ?? '$Default' }]
        : [],
  );
}

async function templateReadings(templates: readonly Deployed[], used: Answer<readonly Used[]>, region: LiveRegion) {
  if (templates.length === 0) return [];
  const own = new Set(templates.map(({ physicalId }) => physicalId));
  const ec2 = new EC2Client(clientConfig(region));
  const versions = await versionsOf(used.known ? used.value.filter(({ id }) => own.has(id)) : [], region, ec2);
  return templates.map((template) => templateReading(template, versions, used));
}

async function groupReading(
  deployed: Deployed,
  groups: Answer<readonly AutoScalingGroup[]>,
  region: LiveRegion,
  client: AutoScalingClient,
) {
  const answer = mapAnswer(groups, (all) => {
    const group = all.find(({ AutoScalingGroupName }) => AutoScalingGroupName === deployed.physicalId);
    // One that is being deleted launches nothing more.
    return group && group.Status === undefined ? groupProperties(group, deployed) : GONE;
  });
  const isThere = answer.known && answer.value !== GONE;
  const hooks = isThere && HOOKS in deployed.resource.properties ? [await hooksOf(deployed, region, client)] : [];
  return readingOf(deployed, [{ names: GROUP_NAMES, answer }, ...hooks], GROUP_DEFAULTS);
}

/** No answer has those of several groups. */
async function hooksOf({ physicalId }: Deployed, { ask }: LiveRegion, client: AutoScalingClient): Promise<Part> {
  const command = new DescribeLifecycleHooksCommand({ AutoScalingGroupName: physicalId });
  const answer = await ask(HOOKS_ACTION, (abortSignal) => client.send(command, { abortSignal }));
  return {
    names: [HOOKS],
    answer: mapAnswer(answer, ({ LifecycleHooks = [] }) => ({
      [HOOKS]: LifecycleHooks.map((hook) =>
        picked(hook, [
          'DefaultResult',
          'HeartbeatTimeout',
          'LifecycleHookName',
          'LifecycleTransition',
          'NotificationMetadata',
          'NotificationTargetARN',
          'RoleARN',
        ]),
      ),
    })),
  };
}
