/** A piece of a reply and the playout marks behind its pieces of audio. */
export interface Spoken {
  readonly text: string;
  /** Of the audio up to each mark, samples, in order. */
  readonly marks: readonly { readonly id: string; readonly samples: number }[];
  /** Of the whole clause; an estimate while it is still being made. */
  readonly samples: number;
}

/** People read about fifteen characters a second aloud; says how long a clause will be that is not all made. */
export const expectedSamples = (text: string, rate: number): number => (text.length / 15) * rate;

/**
 * What the caller heard of a reply: clauses that were played, and of one that was cut the words up to its last played
 * mark, by the share of its audio. The model must not believe it said more.
 */
export function heard(reply: readonly Spoken[], played: ReadonlySet<string>): string {
  return reply
    .map((clause) => heardOf(clause, played))
    .join('')
    .trimEnd();
}

function heardOf({ text, marks, samples }: Spoken, played: ReadonlySet<string>): string {
  const last = marks.findLast(({ id }) => played.has(id));
  if (!last || samples === 0) return '';
  if (last.samples >= samples) return text;
  return wholeWords(text, Math.floor((text.length * last.samples) / samples));
}

/** Up to the last word that ends before the place. */
function wholeWords(text: string, end: number): string {
  if (end >= text.length) return text;
  const cut = text.slice(0, end + 1).search(/\s\S*$/u);
  return cut < 0 ? '' : text.slice(0, cut + 1);
}
