/**
 * Whether a text fits a pattern in which `*` stands for any text and `?` for one character, as IAM has it. A regular expression would take
 * time without bound for some patterns, and anybody writes these.
 * @param one stands for one character; empty where none does, as in patterns of events
 */
export function fits(pattern: string, text: string, one = '?'): boolean {
  let [at, read, star, resume] = [0, 0, -1, 0];
  while (read < text.length) {
    if (pattern[at] === '*') {
      [star, resume] = [at, read];
      at += 1;
    } else if (at < pattern.length && (pattern[at] === one || pattern[at] === text[read])) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      resume += 1;
      [at, read] = [star + 1, resume];
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
