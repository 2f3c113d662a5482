import type { Said } from './http';
import type { Service, Task } from './state';

/** Auto Scaling's hook, as the node that it holds speaks to it: a form, answered in XML. */
export class AutoScaling {
  private readonly media: Service;
  private readonly heartbeatMs: number;
  private readonly now: () => number;
  /** Heartbeats that came. */
  heartbeats = 0;

  constructor(media: Service, heartbeatSeconds: number, now: () => number) {
    this.media = media;
    this.heartbeatMs = heartbeatSeconds * 1_000;
    this.now = now;
  }

  /** The instance waits in `Terminating:Wait`; ECS drains it because draining is managed. */
  take({ instance }: Task): void {
    instance.isTaken = true;
    instance.status = 'DRAINING';
    instance.hookUntil = this.now() + this.heartbeatMs;
  }

  answer(body: string): Said {
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    const waiting = this.media.tasks.find(({ instance }) => instance.id === form.get('InstanceId') && instance.isTaken);
    if (!waiting || waiting.instance.isReleased) return failure('No active Lifecycle Action found');
    if (action === 'CompleteLifecycleAction') waiting.instance.isReleased = true;
    else if (action === 'RecordLifecycleActionHeartbeat') this.beat(waiting);
    else return failure(`nobody answers ${action}`);
    return xml(`<${action}Response><${action}Result/></${action}Response>`);
  }

  private beat({ instance }: Task): void {
    this.heartbeats += 1;
    instance.hookUntil = this.now() + this.heartbeatMs;
  }
}

const xml = (text: string, status = 200): Said => ({ status, type: 'text/xml', text });

const failure = (message: string): Said =>
  xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
    400,
  );
