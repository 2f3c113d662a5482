import type { CellPlan } from './cell-types';
import type { BaseImage, NetworkPlan } from './types';

/** Account ids that documentation uses: a deployment that names one is an example. */
const DOCUMENTATION_ACCOUNTS: ReadonlySet<string> = new Set([
  '000000000000',
  '012345678901',
  '111111111111',
  '111122223333',
  '123456789012',
  '444455556666',
  '777788889999',
  '999999999999',
]);

export interface RefusalInput {
  readonly account: string;
  readonly cells: readonly CellPlan[];
  readonly baseImages: readonly BaseImage[];
  readonly network: NetworkPlan;
}

/** What stands between a plan and a real deployment, one line each, with what to change. */
export function refusalsFor({ account, cells, baseImages, network }: RefusalInput): readonly string[] {
  const example = DOCUMENTATION_ACCOUNTS.has(account)
    ? [`account ${account} is a documentation id; set your own account in the deployment's file`]
    : [];
  const images = [...cells.flatMap((cell) => cell.inference.map((service) => service.image)), ...baseImages];
  const unlocked = [...new Set(images.filter((image) => !image.digest).map((image) => image.reference))].toSorted();
  const missing = (['s3', 'dynamodb'] as const).filter((service) => !network.prefixLists[service]);
  return [
    ...example,
    ...unlocked.map((reference) => `image ${reference} is unlocked; run voicecell images lock <deployment>`),
    ...missing.map(
      (service) => `the prefix list of ${service} is not in the lock file; run voicecell images lock <deployment>`,
    ),
  ];
}
