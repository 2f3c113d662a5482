import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { RegionPlan } from '../../regions/plan/types';
import { AlertRule } from '../constructs/guard/alert-rule';
import { alertsOf } from '../constructs/guard/alerts';
import { ConfigurationRecorder } from '../constructs/guard/configuration-recorder';
import { TrailAlarms } from '../constructs/guard/trail-alarms';
import { ThreatDetection } from '../constructs/guard/threat-detection';
import { RegionStack } from './region-stack';

/** What a `GuardStack` is built from. */
export interface GuardStackProps {
  /** From `planDeployment`; its account and region become the environment of the stack. */
  readonly plan: RegionPlan;
  /** Must admit EventBridge, and so must its key. */
  readonly topic: ITopic;
}

/** Tells somebody when locks, keys, trails or doors change, and turns on what the account does not have yet. */
export class GuardStack extends RegionStack {
  constructor(scope: Construct, id: string, { plan, topic }: GuardStackProps) {
    super(scope, id, { plan, description: `Compliance alerts of ${plan.names.prefix}` });
    for (const alert of alertsOf(plan)) new AlertRule(this, alert.id, { plan, topic, alert });
    // One trail spans all regions: the home region's.
    if (plan.home) new TrailAlarms(this, 'TrailAlarms', { plan, topic });
    const { config, guardDuty } = plan.accountServices;
    if (config === 'create') new ConfigurationRecorder(this, 'ConfigurationRecorder', { plan });
    if (guardDuty === 'create') new ThreatDetection(this, 'ThreatDetection');
  }
}
