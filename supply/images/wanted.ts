import { BASES } from '../../media/contract';
import type { DeploymentConfig } from '../../regions/config/schema';

const TIERS = ['stt', 'llm', 'tts'] as const;

/**
 * References of all third-party images of a deployment, each once: those of its inference services, and the bases on which
 * the kit's own are built. Containers of one's own lie in the region's registry under a digest, or are built here.
 */
export const imagesWanted = ({ regions }: DeploymentConfig): string[] => [
  ...new Set([
    ...Object.values(regions).flatMap(({ inference }) => TIERS.map((tier) => inference[tier].image)),
    ...Object.values(BASES),
  ]),
];
