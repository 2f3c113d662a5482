import type { Service } from './decide';

/**
 * That ECS runs the newest tasks says neither that they take calls yet nor that whoever sends calls knows of them: where all
 * older nodes leave at that moment, nobody takes any. So they are up when they have been for a while.
 */
export class Settled {
  private readonly milliseconds: number;
  private readonly now: () => number;
  private up: { readonly taskDefinition: string; readonly since: number } | undefined;

  /** @param now milliseconds of a clock that never goes back */
  constructor(seconds: number, now: () => number) {
    this.milliseconds = seconds * 1_000;
    this.now = now;
  }

  /** Called at every look; a service that did not answer is no reason to begin anew. */
  seen(service: Service | undefined): Service | undefined {
    if (!service) return undefined;
    const { newest } = service;
    if (!newest.isUp) this.up = undefined;
    else if (this.up?.taskDefinition !== newest.taskDefinition)
      this.up = { taskDefinition: newest.taskDefinition, since: this.now() };
    const isUp = this.up !== undefined && this.now() - this.up.since >= this.milliseconds;
    return { ...service, newest: { ...newest, isUp } };
  }
}
