import { known, mapAnswer } from '../../../../../aws/answer';
import { clientConfig } from '../../../../../aws/reader';
import type { Deployed, LiveReader, LiveRegion, Reading } from '../../reading';
import { type Found, GONE, type Part, type Properties, readingOf } from './parts';
import { indexedTags, TAG_INDEX } from './tag-index';

interface Asked {
  /** IAM action. */
  readonly action: string;
  /** Every property that the answer tells. */
  readonly names: readonly string[];
}

/** Asked of each resource. */
export interface Question<C> extends Asked {
  readonly read: (about: About<C>) => Promise<Found>;
}

export interface About<C> {
  readonly client: C;
  /** Physical id. */
  readonly id: string;
  readonly deployed: Deployed;
  readonly region: LiveRegion;
  readonly abortSignal: AbortSignal;
}

/** Asked once for all resources; one that it does not name is gone. */
export interface Listing<C> extends Asked {
  readonly list: (about: AboutAll<C>) => Promise<ReadonlyMap<string, Properties>>;
}

export interface AboutAll<C> {
  readonly client: C;
  readonly deployed: readonly Deployed[];
  readonly region: LiveRegion;
  readonly abortSignal: AbortSignal;
}

/** Asked of the account's index of tags for all resources, and of each that the index does not have. */
export interface TagQuestion<C> extends Question<C> {
  readonly arnOf: ArnOf;
}

export type ArnOf = (physicalId: string, region: LiveRegion) => string;

interface Client {
  destroy(): void;
}

/** How one type of resource is read. */
export interface ServiceReader<C> {
  readonly type: string;
  readonly client: new (config: ReturnType<typeof clientConfig>) => C;
  readonly listings?: readonly Listing<C>[];
  readonly questions?: readonly Question<C>[];
  readonly tags?: TagQuestion<C>;
  /** What AWS chooses where a template says nothing. */
  readonly defaults?: (deployed: Deployed) => Properties;
}

export const serviceReader = <C extends Client>(reader: ServiceReader<C>): LiveReader => ({
  types: [reader.type],
  actions: [...new Set(actionsOf(reader))].toSorted(),
  read: (deployed, region) => (deployed.length === 0 ? Promise.resolve([]) : readAll(reader, deployed, region)),
});

const actionsOf = <C>({ listings = [], questions = [], tags }: ServiceReader<C>): readonly string[] => [
  ...[...listings, ...questions].map(({ action }) => action),
  ...(tags ? [tags.action, TAG_INDEX] : []),
];

async function readAll<C extends Client>(
  { client: Service, listings = [], questions = [], tags, defaults = () => ({}) }: ServiceReader<C>,
  deployed: readonly Deployed[],
  region: LiveRegion,
): Promise<readonly Reading[]> {
  const client = new Service(clientConfig(region));
  const lists = listings.map((listing) => listed(listing, { client, deployed, region }));
  const tagged = tags ? [taggedOf(tags, { client, deployed, region })] : [];
  const readings = await Promise.all(
    deployed.map(async (one) => {
      const asked = questions.map((question) => answered(question, { client, deployed: one, region }));
      const parts = await Promise.all([
        ...lists.map(async (list) => (await list)(one)),
        ...asked,
        ...tagged.map((of) => of(one)),
      ]);
      return readingOf(one, parts, defaults(one));
    }),
  );
  client.destroy();
  return readings;
}

/** What a list says of each resource. */
async function listed<C>(
  { action, names, list }: Listing<C>,
  about: Omit<AboutAll<C>, 'abortSignal'>,
): Promise<(one: Deployed) => Part> {
  const answer = await about.region.ask(action, (abortSignal) => list({ ...about, abortSignal }));
  return ({ physicalId }) => ({ names, answer: mapAnswer(answer, (all): Found => all.get(physicalId) ?? GONE) });
}

async function answered<C>(
  { action, names, read }: Question<C>,
  about: Omit<About<C>, 'abortSignal' | 'id'>,
): Promise<Part> {
  const id = about.deployed.physicalId;
  return { names, answer: await about.region.ask(action, (abortSignal) => read({ ...about, id, abortSignal })) };
}

/** Tags of each resource: of the index where it has them, else of the service. */
function taggedOf<C>(
  { arnOf, ...question }: TagQuestion<C>,
  { client, deployed, region }: Omit<AboutAll<C>, 'abortSignal'>,
): (one: Deployed) => Promise<Part> {
  const index = indexedTags(
    deployed.map(({ physicalId }) => arnOf(physicalId, region)),
    region,
  );
  return async (one) => {
    const found = (await index).get(arnOf(one.physicalId, region));
    if (found) return { names: question.names, answer: known(found) };
    return answered(question, { client, deployed: one, region });
  };
}
