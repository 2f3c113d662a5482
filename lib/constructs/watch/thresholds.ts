/** Goal of a cell: end-of-turn decision to first voiced reply packet, p95, milliseconds (DESIGN, "Latency, said honestly"). */
export const TURN_ROUND_TRIP_P95_MS = 200;

/** Certificate authorities renew in the last 30 days; below three weeks a renewal has failed. */
export const CERTIFICATE_DAYS = 21;

/** A finished recording reaches the vault in seconds; a quarter of an hour means that the store or the recorder is out. */
export const SPOOL_AGE_SECONDS = 900;

/** Part of the cell's peak calls that must still be free. */
export const CAPACITY_LEFT_PERCENT = 10;

/** Above it, tasks ask for more instances than the capacity provider has. */
export const FULL_RESERVATION_PERCENT = 100;
