import { mapAnswer } from '../../../../../aws/answer';
import { clientConfig } from '../../../../../aws/reader';
import type { Deployed, LiveReader, LiveRegion, Reading } from '../../reading';
import { type Found, GONE, type Part, type Properties, readingOf } from './parts';

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

interface Client {
  destroy(): void;
}

/** How one type of resource is read. */
export interface ServiceReader<C> {
  readonly type: string;
  readonly client: new (config: ReturnType<typeof clientConfig>) => C;
  readonly listings?: readonly Listing<C>[];
  readonly questions?: readonly Question<C>[];
  /** What AWS chooses where a template says nothing. */
  readonly defaults?: (deployed: Deployed) => Properties;
}

export const serviceReader = <C extends Client>(reader: ServiceReader<C>): LiveReader => ({
  types: [reader.type],
  actions: [
    ...new Set([...(reader.listings ?? []), ...(reader.questions ?? [])].map(({ action }) => action)),
  ].toSorted(),
  read: (deployed, region) => (deployed.length === 0 ? Promise.resolve([]) : readAll(reader, deployed, region)),
});

async function readAll<C extends Client>(
  { client: Service, listings = [], questions = [], defaults = () => ({}) }: ServiceReader<C>,
  deployed: readonly Deployed[],
  region: LiveRegion,
): Promise<readonly Reading[]> {
  const client = new Service(clientConfig(region));
  const lists = listings.map((listing) => listed(listing, { client, deployed, region }));
  const readings = await Promise.all(
    deployed.map(async (one) => {
      const asked = questions.map((question) => answered(question, { client, deployed: one, region }));
      const parts = await Promise.all([...lists.map(async (list) => (await list)(one)), ...asked]);
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
