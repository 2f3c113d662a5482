import {
  type AutoScalingClient,
  CompleteLifecycleActionCommand,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import { type ECSClient, UpdateTaskProtectionCommand } from '@aws-sdk/client-ecs';
import { allOf } from './all-of';
import { Attempts } from './attempts';
import { type Hold, renewAfterMs } from './decide';

export interface HoldOptions {
  readonly ecs: ECSClient;
  readonly autoScaling: AutoScalingClient;
  readonly cluster: string;
  readonly task: string;
  readonly protectionMinutes: number;
  readonly group: string;
  readonly hook: string;
  readonly heartbeatSeconds: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly tellFailure: () => void;
}

/** Keeps task and instance while calls last. What AWS refuses is asked again; the call goes on. */
export class Holder {
  private readonly options: HoldOptions;
  private readonly protecting: Attempts;
  private readonly telling: Attempts;
  private isProtected: boolean | undefined;
  private protectedAt = -Infinity;
  private renewedAt = -Infinity;
  private isCompleted = false;
  /** As ECS has said it once: the hook outlasts an ECS that is silent. */
  private instanceId: string | undefined;

  constructor(options: HoldOptions) {
    this.options = options;
    this.protecting = new Attempts(options.now, options.tellFailure);
    this.telling = new Attempts(options.now, options.tellFailure);
  }

  async keep({ protect, hook }: Hold, instanceId: string | undefined): Promise<void> {
    this.instanceId ??= instanceId;
    await allOf(
      this.protecting.run(() => this.protect(protect)),
      this.telling.run(() => this.tellHook(hook, this.instanceId)),
    );
  }

  private async protect(protect: boolean): Promise<void> {
    const { ecs, cluster, task, protectionMinutes, now } = this.options;
    const isFresh = now() - this.protectedAt < renewAfterMs(protectionMinutes * 60_000);
    if (protect === this.isProtected && (!protect || isFresh)) return;
    const at = now();
    const { failures = [] } = await ecs.send(
      new UpdateTaskProtectionCommand({
        cluster,
        tasks: [task],
        protectionEnabled: protect,
        ...(protect ? { expiresInMinutes: protectionMinutes } : {}),
      }),
    );
    if (failures[0]) throw new Error(`protection: ${failures[0].reason}`);
    [this.isProtected, this.protectedAt] = [protect, at];
  }

  private async tellHook(hook: Hold['hook'], InstanceId: string | undefined): Promise<void> {
    const { autoScaling, heartbeatSeconds, now } = this.options;
    const name = { AutoScalingGroupName: this.options.group, LifecycleHookName: this.options.hook };
    if (hook === 'nothing' || this.isCompleted) return;
    if (InstanceId === undefined) throw new Error('hook: it is not known which instance this is');
    if (hook === 'complete') {
      await autoScaling.send(
        new CompleteLifecycleActionCommand({ ...name, InstanceId, LifecycleActionResult: 'CONTINUE' }),
      );
      this.isCompleted = true;
    } else if (now() - this.renewedAt >= renewAfterMs(heartbeatSeconds * 1_000)) {
      const at = now();
      await autoScaling.send(new RecordLifecycleActionHeartbeatCommand({ ...name, InstanceId }));
      this.renewedAt = at;
    }
  }
}
