/** Words before a comma or a full stop is worth a request of its own. */
const FEWEST_WORDS = 3;
/** Words after which the first clause is cut at a space: the caller waits for it. */
const MOST_WORDS = 10;

const CLAUSE_END = /[,;:.!?…—][)\]"'”’]*\s+|[、，。！？；：]\s*|\n+/gu;
const SENTENCE_END = /[.!?…][)\]"'”’]*\s+|[。！？]\s*|\n+/gu;
/** Writing without spaces between words: two characters stand for one. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/**
 * Cuts streamed text into what is spoken at once: the first clause as soon as it makes sense alone, sentences after it.
 * What comes out, in order, is what went in.
 */
export class ClauseSplitter {
  private pending = '';
  private first = true;

  public push(text: string): string[] {
    this.pending += text;
    const clauses: string[] = [];
    for (let end = this.end(); end > 0; end = this.end()) {
      clauses.push(this.pending.slice(0, end));
      this.pending = this.pending.slice(end);
      this.first = false;
    }
    return clauses;
  }

  public end(): number {
    const at = boundary(this.pending, this.first ? CLAUSE_END : SENTENCE_END);
    return at === 0 && this.first ? forced(this.pending) : at;
  }

  /** What is left when the stream has ended. */
  public rest(): string[] {
    const rest = this.pending;
    this.pending = '';
    return rest === '' ? [] : [rest];
  }
}

export function words(text: string): number {
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  const spaced = text.replace(UNSPACED, ' ').match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  return spaced + Math.floor(unspaced / 2);
}

function boundary(text: string, ends: RegExp): number {
  for (const match of text.matchAll(ends)) {
    const end = match.index + match[0].length;
    if (words(text.slice(0, end)) >= FEWEST_WORDS) return end;
  }
  return 0;
}

function forced(text: string): number {
  if (words(text) <= MOST_WORDS) return 0;
  return text.trimEnd().lastIndexOf(' ') + 1;
}
