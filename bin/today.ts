/** Today as an ISO date. Doors may know the time; what they call is told. */
export const today = (): string => new Date().toISOString().slice(0, 10);
