import type { Control } from './control';
import { REC_01 } from './REC-01';

/** Every control, in the order in which people read them. */
export const CONTROLS: readonly Control[] = [REC_01];
