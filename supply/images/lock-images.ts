import type { DeploymentConfig } from '../../regions/config/schema';
import type { Lock } from '../../regions/lock';
import { changesOf, findingsOf, outcomesOf, type Mode, type Outcome } from './decide';
import { Unreadable } from '../unreadable';
import { pinChanges, regionsToAsk, type PinChange, type PinSource } from './pins';
import { resolve } from './resolve';
import { imagesWanted } from './wanted';

export interface LockRequest {
  readonly config: DeploymentConfig;
  readonly lock: Lock;
  /** Regions whose machine images and prefix lists are looked at. */
  readonly regions: readonly string[];
  readonly mode: Mode;
  readonly pins: PinSource;
}

export interface Locked {
  readonly outcomes: readonly Outcome[];
  /** Outcomes that go into the file. */
  readonly images: readonly Outcome[];
  readonly pins: readonly PinChange[];
  /** What somebody has to look at: moved tags, and gaps that a check does not fill. */
  readonly findings: readonly string[];
  /** What could not be asked, a line each. */
  readonly unknown: readonly string[];
}

/** Asks registries for images and AWS for pins, and decides what the lock file should say. Writes nothing. */
export async function lockImages({ config, lock, regions, mode, pins }: LockRequest): Promise<Locked> {
  const outcomes = outcomesOf(lock, await resolve(imagesWanted(config)));
  const asked = regionsToAsk(lock, regions, mode.update);
  const pinned = mode.check ? [] : await Promise.all(asked.map((region) => changesIn(region, { lock, mode, pins })));
  return {
    outcomes,
    images: changesOf(outcomes, mode),
    pins: pinned.flatMap((one) => (typeof one === 'string' ? [] : one)),
    findings: [
      ...findingsOf(outcomes, mode).map(({ reference, state }) => `${reference} ${WORDS[state]}`),
      ...(mode.check ? asked.map((region) => `${region} lacks machine images or prefix lists`) : []),
    ],
    unknown: [
      ...outcomes.filter(({ state }) => state === 'unknown').map(({ reference, why }) => `${reference}: ${why}`),
      ...pinned.filter((one) => typeof one === 'string'),
    ],
  };
}

const WORDS: Readonly<Record<Outcome['state'], string>> = {
  filled: 'is unlocked',
  moved: 'points elsewhere than the lock file says; look at the new image, then lock with --update',
  same: '',
  unknown: '',
};

async function changesIn(
  region: string,
  { lock, mode, pins }: Pick<LockRequest, 'lock' | 'mode' | 'pins'>,
): Promise<PinChange[] | string> {
  try {
    return pinChanges(lock, region, await pins.pinsOf(region), mode.update);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return error.message;
  }
}
