import { DRIFTS_OF_PLATFORM } from '../../../support/drifts';
import { driftsAreFound } from './drifts-are-found';

driftsAreFound('a drift of what runs, and of what watches it', DRIFTS_OF_PLATFORM);
