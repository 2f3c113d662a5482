import type { RegionPlan } from '../../regions/plan/types';
import { bucketsOf, stacksOf } from '../../regions/plan/stacks';
import { bucketState } from '../facts/buckets';
import type { BucketFacts, OwnerFacts, RegionFacts } from '../facts/facts';
import { CloudFormationReader } from './cloudformation';
import type { ReaderProps } from '../../aws/reader';
import { S3Reader } from './s3';

type NameFacts = Pick<RegionFacts, 'stacks' | 'buckets' | 'owners'>;
type ReaderIn = (region: string) => ReaderProps;

/** What there is already of the names a plan gives. */
export async function nameFacts(plan: RegionPlan, readerIn: ReaderIn): Promise<NameFacts> {
  const [stacks, buckets] = await Promise.all([
    Promise.all(
      stacksOf(plan).map(async (stack) => ({
        ...stack,
        state: await new CloudFormationReader(readerIn(stack.region)).stack(stack.name),
      })),
    ),
    bucketFacts(plan, readerIn),
  ]);
  return { stacks, buckets, owners: await ownerFacts(plan, buckets, readerIn) };
}

async function bucketFacts(plan: RegionPlan, readerIn: ReaderIn): Promise<readonly BucketFacts[]> {
  const owned = new S3Reader(readerIn(plan.region)).owned(plan.names.prefix);
  return Promise.all(
    bucketsOf(plan).map(async ({ name, region }) => {
      const head = await new S3Reader(readerIn(region)).bucket(name, plan.account);
      return { name, region, state: bucketState(name, head, await owned) };
    }),
  );
}

/** Asked of the buckets that stand; of table and repositories always, because nothing else says that they stand. */
function ownerFacts(
  { names, region }: RegionPlan,
  buckets: readonly BucketFacts[],
  readerIn: ReaderIn,
): Promise<readonly OwnerFacts[]> {
  const standing = buckets.filter(({ state }) => state.known && state.value === 'ours');
  const asked = [
    ...standing.map((bucket) => ({ what: 'bucket' as const, name: bucket.name, region: bucket.region })),
    { what: 'table' as const, name: names.ledgerTable, region },
    ...Object.values(names.repositories).map((name) => ({ what: 'repository' as const, name, region })),
  ];
  return Promise.all(
    asked.map(async ({ what, name, region: place }) => ({
      what,
      name,
      stack: await new CloudFormationReader(readerIn(place)).ownerOf(name, RESOURCE_TYPES[what]),
    })),
  );
}

const RESOURCE_TYPES: Readonly<Record<OwnerFacts['what'], string>> = {
  bucket: 'AWS::S3::Bucket',
  table: 'AWS::DynamoDB::Table',
  repository: 'AWS::ECR::Repository',
};
