import { isBeating } from './heartbeat';

/** Liveness of either program. */
process.exitCode = isBeating() ? 0 : 1;
