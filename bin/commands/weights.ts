import type { RegionPlan } from '../../regions/plan/types';
import { accountOn, type AccountOf } from '../../supply/account';
import { Unreadable } from '../../supply/unreadable';
import type { WeightsBucket } from '../../supply/weights/bucket';
import type { ModelHub } from '../../supply/weights/hub';
import { hubOfEnvironment } from '../../supply/weights/hugging-face';
import { renderBucket, renderFile, renderModel } from '../../supply/weights/render';
import { S3WeightsBucket } from '../../supply/weights/s3-bucket';
import { stageModel } from '../../supply/weights/stage';
import { modelsOf, type WantedModel } from '../../supply/weights/wanted';
import { parse } from '../args';
import { choosePlans, strangersTo } from '../chosen-regions';
import type { ExitCode, Io } from '../io';
import { refuse } from '../refuse';

export const USAGE = [
  'usage: voicecell weights stage <deployment> [--dry-run] [--region R]...',
  '  stage      copy the models of each region into its weights bucket, in the',
  '             layout their engines read, and the list of checksums last',
  '  --dry-run  say what would be copied',
  '  --region   only these regions of the deployment',
  'Models come from Hugging Face, or from HF_ENDPOINT; HF_TOKEN opens gated ones.',
].join('\n');

const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  region: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/** What the door opens on; tests give their own. */
export interface WeightsDoor {
  /** Throws Unreadable when the environment names no hub that may be asked. */
  hub(): ModelHub;
  bucket(plan: RegionPlan): WeightsBucket;
  readonly account: AccountOf;
}

const onAws = (): WeightsDoor => ({
  hub: () => hubOfEnvironment(process.env),
  bucket: ({ region, account, names }) => new S3WeightsBucket({ region, account, bucket: names.buckets.weights }),
  account: accountOn(),
});

/** Stages model weights where the cells read them. */
export async function run(args: readonly string[], io: Io, door: WeightsDoor = onAws()): Promise<ExitCode> {
  const parsed = parse(args, OPTIONS);
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const [verb, name, ...rest] = parsed.positionals;
  if (verb !== 'stage' || !name || rest.length > 0) return refuse(io, [USAGE]);
  const chosen = choosePlans(name, parsed.values.region);
  if (!chosen.ok) return refuse(io, chosen.problems);
  try {
    const strangers = await strangersTo(chosen.plans, door.account);
    if (strangers.length > 0) return refuse(io, strangers);
    return await stageAll(chosen.plans, { door, hub: door.hub(), dryRun: parsed.values['dry-run'] }, io);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refuse(io, [error.message]);
  }
}

interface How {
  readonly door: WeightsDoor;
  readonly hub: ModelHub;
  readonly dryRun: boolean;
}

/** A model that cannot be staged does not keep the others from it. */
async function stageAll(plans: readonly RegionPlan[], how: How, io: Io): Promise<ExitCode> {
  let whole = true;
  for (const plan of plans) {
    const bucket = how.door.bucket(plan);
    await bucket.check();
    io.out(renderBucket(plan.region, plan.names.buckets.weights));
    for (const model of modelsOf(plan)) {
      io.out(renderModel(model));
      whole = (await stageOne(model, { ...how, bucket }, io)) && whole;
    }
  }
  return whole ? 0 : 2;
}

async function stageOne(model: WantedModel, how: How & { readonly bucket: WeightsBucket }, io: Io): Promise<boolean> {
  try {
    const results = await stageModel(model, { ...how, onResult: (result) => io.out(renderFile(result)) });
    return results.every(({ state }) => state !== 'failed');
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    io.err(error.message);
    return false;
  }
}
