import { DRIFTS_OF_DATA } from '../../../support/drifts';
import { driftsAreFound } from './drifts-are-found';

driftsAreFound('a drift of what is kept, and of who may touch it', DRIFTS_OF_DATA);
