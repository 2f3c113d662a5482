/** Hz: who hears the first knows that it is a reply and no filler. */
export const REPLY_TONE = 440;
export const FILLER_TONE = 1_200;
