const DAY_MS = 86_400_000;

/** Days from one ISO date to another; negative when it is past. */
export const daysLeft = (until: string, asOf: string): number =>
  Math.round((Date.parse(until) - Date.parse(asOf)) / DAY_MS);
