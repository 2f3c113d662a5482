import { accountOn } from '../../../supply/account';
import { AwsPins } from '../../../supply/images/aws-pins';
import { EcrRegistry } from '../../../supply/images/mirror/ecr';
import { parse } from '../../args';
import type { ExitCode, Io } from '../../io';
import { refuse } from '../../refuse';
import { today } from '../../today';
import type { ImagesDoor } from './door';
import { lock } from './lock';
import { mirror } from './mirror';

export const USAGE = [
  'usage: voicecell images lock <deployment> [--check | --update] [--region R]...',
  '       voicecell images mirror <deployment> [--dry-run] [--region R]...',
  '  lock       write the digest of every third-party image into the lock file, and',
  '             the machine images and prefix lists of regions that lack them',
  '  --check    write nothing; exit 1 when an image is unlocked or its tag has moved',
  '  --update   follow moved tags, renew machine images and prefix lists',
  '  mirror     copy the locked images into the registry of each region (ECR)',
  '  --dry-run  say what would be copied',
  '  --region   only these regions of the deployment',
].join('\n');

const OPTIONS = {
  check: { type: 'boolean', default: false },
  update: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  region: { type: 'string', multiple: true, default: [] as string[] },
} as const;

const onAws = (): ImagesDoor => ({
  pins: new AwsPins(),
  registry: new EcrRegistry(),
  account: accountOn(),
  today: today(),
});

/** Locks images by digest, or copies the locked ones to where the cells can pull them. */
export async function run(args: readonly string[], io: Io, door: ImagesDoor = onAws()): Promise<ExitCode> {
  const parsed = parse(args, OPTIONS);
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const [verb = '', name = '', ...rest] = parsed.positionals;
  const { check, update, region: regions } = parsed.values;
  if (!['lock', 'mirror'].includes(verb) || !name || rest.length > 0 || (check && update)) return refuse(io, [USAGE]);
  if (verb === 'lock') return lock({ name, regions, mode: { check, update } }, io, door);
  return mirror({ name, regions, dryRun: parsed.values['dry-run'] }, io, door);
}
