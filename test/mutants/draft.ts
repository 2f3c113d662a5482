import path from 'node:path';
import type { Unit } from '../../compliance/controls/unit';
import { isRecord, type ResourceBody, type StackTemplate } from '../../compliance/templates/template-set';

/** JSON that a mutation may write into. */
export type Json = Record<string, unknown>;

/** A resource of a stack, among the stacks of its deployment. */
export interface Site {
  readonly stack: StackTemplate;
  readonly id: string;
  readonly stacks: readonly StackTemplate[];
}

/** A stack as one mutation leaves it: resources are copied when they are asked for, so that the original stays as it is. */
export class Draft {
  region: string | undefined;
  account: string | undefined;
  /** Resource the mutation is about; of a mutation of a whole stack its first one. */
  readonly id: string;
  readonly unit: Unit;
  private readonly stack: StackTemplate;
  private readonly touched = new Map<string, Json | undefined>();

  /** Name of the stack of another cell of the region. */
  readonly otherCell: string | undefined;

  constructor({ stack, id, stacks }: Site, unit: Unit) {
    this.stack = stack;
    this.id = id;
    this.unit = unit;
    this.otherCell = stacks
      .map(({ name }) => name)
      .find(
        (name) => name.includes('/cell-') && name !== stack.name && path.dirname(name) === path.dirname(stack.name),
      );
    this.region = stack.region;
    this.account = stack.account;
  }

  get stackName(): string {
    return this.stack.name;
  }

  get resource(): Json {
    return this.at(this.id);
  }

  get properties(): Json {
    const { resource } = this;
    resource['Properties'] ??= {};
    return resource['Properties'] as Json;
  }

  at(id: string): Json {
    const known = this.touched.get(id);
    if (known) return known;
    const copy = structuredClone(this.stack.body.Resources?.[id] ?? {}) as Json;
    this.touched.set(id, copy);
    return copy;
  }

  ofType(type: string): readonly string[] {
    return Object.entries(this.stack.body.Resources ?? {}).flatMap(([id, { Type }]) => (Type === type ? id : []));
  }

  add(type: string, properties: Json, more: Json = {}): void {
    this.touched.set(`Mutant${this.touched.size}`, { Type: type, Properties: properties, ...more });
  }

  /** Nothing that is left waits for it. */
  remove(id = this.id): void {
    this.touched.set(id, undefined);
    for (const [other, body] of Object.entries(this.stack.body.Resources ?? {})) {
      const awaited = 'DependsOn' in body ? [body.DependsOn].flat() : [];
      if (awaited.includes(id)) this.at(other)['DependsOn'] = awaited.filter((one) => one !== id);
    }
  }

  /** What has changed, as a text that differs where templates do; empty where nothing has. */
  get changes(): string {
    const resources = [...this.touched].filter(
      ([id, body]) => JSON.stringify(body) !== JSON.stringify(this.stack.body.Resources?.[id]),
    );
    const place = this.region === this.stack.region && this.account === this.stack.account ? [] : [this.place];
    return resources.length + place.length > 0
      ? JSON.stringify([place, resources.toSorted(([a], [b]) => (a < b ? -1 : 1))])
      : '';
  }

  finish(): StackTemplate {
    const { region: _region, account: _account, ...rest } = this.stack;
    const resources: Record<string, ResourceBody> = { ...this.stack.body.Resources };
    for (const [id, body] of this.touched)
      if (body && isRecord(body)) resources[id] = body as unknown as ResourceBody;
      else delete resources[id];
    const { region, account } = this;
    return {
      ...rest,
      region,
      ...(account === undefined ? {} : { account }),
      body: { ...this.stack.body, Resources: resources },
    };
  }

  private get place(): string {
    return `${String(this.region)} ${String(this.account)}`;
  }
}
