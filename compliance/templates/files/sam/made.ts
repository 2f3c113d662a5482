import type { ResourceBody } from '../../template-set';

type Block = Readonly<Record<string, unknown>>;

/** What a serverless resource is made into. */
export interface Made {
  readonly resources: Readonly<Record<string, ResourceBody>>;
  /** What of it could not be made, a sentence each. */
  readonly limits: readonly string[];
}

/** A serverless resource, with `Globals` in its properties. */
export interface Serverless {
  readonly id: string;
  readonly body: ResourceBody;
  readonly properties: Block;
}

export type Maker = (serverless: Serverless) => Made;

/** A resource that lives and dies with the one it is made from. */
export const made = ({ body }: Serverless, type: string, properties: Block): ResourceBody => ({
  ...body,
  Type: type,
  Properties: properties,
});

/** SAM writes tags as a block. */
export const tagsFrom = (tags: unknown): readonly Block[] | undefined =>
  typeof tags === 'object' && tags !== null && !Array.isArray(tags)
    ? Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
    : undefined;

/** Without keys whose values are undefined. */
export const given = (block: Block): Block =>
  Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined));

/** Evaluates to what is not known. */
export const notKnown = (what: string): Block => ({ 'Fn::Transform': { Name: what } });
