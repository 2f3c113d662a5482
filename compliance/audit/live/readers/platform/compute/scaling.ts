import {
  ApplicationAutoScalingClient,
  paginateDescribeScalableTargets,
  paginateDescribeScalingPolicies,
  type ScalableTarget,
  type ScalingPolicy,
  type ServiceNamespace,
} from '@aws-sdk/client-application-auto-scaling';
import { serviceReader } from '../../data/service-reader';
import { everyPage, picked } from '../../data/shapes';
import { chunksOf, grouped } from '../chunks';
import { matched, primaryId, unlessChosen } from '../found';

/** Tags are left unread: each target would be a question of its own. */
const TARGET = [
  'MaxCapacity',
  'MinCapacity',
  'ResourceId',
  'RoleARN',
  'ScalableDimension',
  'ServiceNamespace',
  'SuspendedState',
] as const satisfies readonly (keyof ScalableTarget)[];

const MOST = 50;

export const scalableTargets = serviceReader({
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  client: ApplicationAutoScalingClient,
  listings: [
    {
      action: 'application-autoscaling:DescribeScalableTargets',
      names: TARGET,
      list: async ({ client, deployed, abortSignal }) => {
        const byService = grouped(deployed, ({ physicalId }) => physicalId.split('|').at(-1));
        const questions = [...byService].flatMap(([namespace, ones]) =>
          chunksOf(ones.map(primaryId), MOST).map((ResourceIds) => {
            const input = { ServiceNamespace: namespace as ServiceNamespace, ResourceIds };
            return everyPage(
              paginateDescribeScalableTargets({ client }, input, { abortSignal }),
              ({ ScalableTargets }) => ScalableTargets,
            );
          }),
        );
        const all = (await Promise.all(questions)).flat();
        const byId = new Map(all.map((target) => [targetId(target), picked(target, TARGET)]));
        return new Map(
          deployed.flatMap((one) => {
            const target = byId.get(one.physicalId);
            return target ? [[one.physicalId, unlessChosen(one, target, 'RoleARN')] as const] : [];
          }),
        );
      },
    },
  ],
  defaults: () => ({ SuspendedState: NOT_SUSPENDED }),
});

const NOT_SUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** As CloudFormation refers to the target. */
const targetId = (of: Pick<ScalableTarget, 'ResourceId' | 'ScalableDimension' | 'ServiceNamespace'>): string =>
  [of.ResourceId, of.ScalableDimension, of.ServiceNamespace].join('|');

const POLICY = [
  'PolicyName',
  'PolicyType',
  'PredictiveScalingPolicyConfiguration',
  'StepScalingPolicyConfiguration',
  'TargetTrackingScalingPolicyConfiguration',
] as const satisfies readonly (keyof ScalingPolicy)[];

export const scalingPolicies = serviceReader({
  type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  client: ApplicationAutoScalingClient,
  listings: [
    {
      action: 'application-autoscaling:DescribeScalingPolicies',
      names: [...POLICY, 'ScalingTargetId'],
      list: async ({ client, deployed, abortSignal }) => {
        const byService = grouped(deployed.map(primaryId), (arn) => ARN.exec(arn)?.groups?.['service']);
        const questions = [...byService].flatMap(([namespace, arns]) =>
          chunksOf(arns.map(nameIn), MOST).map((PolicyNames) => {
            const input = { ServiceNamespace: namespace as ServiceNamespace, PolicyNames };
            return everyPage(
              paginateDescribeScalingPolicies({ client }, input, { abortSignal }),
              ({ ScalingPolicies }) => ScalingPolicies,
            );
          }),
        );
        const all = (await Promise.all(questions)).flat();
        return matched(deployed, all, ({ PolicyARN }) => PolicyARN, policyProperties);
      },
    },
  ],
});

/** `…:scalingPolicy:<uuid>:resource/ecs/service/<cluster>/<name>:policyName/<name>`. */
const ARN = /:resource\/(?<service>[^/]+)\/.*:policyName\/(?<name>.+)$/;

const nameIn = (arn: string): string => ARN.exec(arn)?.groups?.['name'] ?? '';

const policyProperties = (policy: ScalingPolicy) => ({ ...picked(policy, POLICY), ScalingTargetId: targetId(policy) });
