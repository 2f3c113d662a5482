/** A question that got no answer: never a pass, and never thrown away. */
export interface Unknown {
  readonly known: false;
  /** What was asked, as an IAM action where it is one: `ec2:DescribeVpcs`. */
  readonly action: string;
  readonly why: string;
  readonly remedy: string;
}

export interface Known<T> {
  readonly known: true;
  readonly value: T;
}

/** What an account answered, or why it did not. */
export type Answer<T> = Known<T> | Unknown;

export const known = <T>(value: T): Known<T> => ({ known: true, value });

/** The answer with its value changed; an unknown one stays as it is. */
export const mapAnswer = <T, U>(answer: Answer<T>, change: (value: T) => U): Answer<U> =>
  answer.known ? known(change(answer.value)) : answer;

/** Two answers as one, unknown when either is. */
export function both<T, U>(first: Answer<T>, second: Answer<U>): Answer<readonly [T, U]> {
  if (!first.known) return first;
  return mapAnswer(second, (value) => [first.value, value] as const);
}
