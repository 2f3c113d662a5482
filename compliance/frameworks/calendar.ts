/**
 * Days that cover a number of calendar years whatever leap days fall in it. S3 Object Lock counts a year as 365 days,
 * so `Years: 6` keeps a record up to two days short of six calendar years; the kit always states days.
 * Source: Amazon S3 User Guide, "Managing Object Lock"; leap days counted over any start date.
 */
const DAYS = { 1: 366, 2: 731, 3: 1096, 5: 1827, 6: 2192, 7: 2557, 8: 2922, 10: 3653 } as const;

export type CalendarYears = keyof typeof DAYS;

export const daysOf = (years: CalendarYears): number => DAYS[years];
