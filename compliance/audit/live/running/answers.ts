import { known, type Answer } from '../../../../aws/answer';

/** Many answers as one list; the first unknown one when there is any. */
export function every<T>(answers: readonly Answer<T>[]): Answer<readonly T[]> {
  const values: T[] = [];
  for (const answer of answers) {
    if (!answer.known) return answer;
    values.push(answer.value);
  }
  return known(values);
}

export const chunks = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

export const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];

interface Failure {
  readonly arn?: string | undefined;
  readonly reason?: string | undefined;
}

/** ECS answers some of what it is asked, and names the rest: half an answer is none. */
function whole<T extends { readonly failures?: readonly Failure[] | undefined }>(
  action: string,
  answer: Answer<T>,
): Answer<T> {
  const [failure] = answer.known ? (answer.value.failures ?? []) : [];
  if (!failure) return answer;
  const { arn = 'something', reason = 'it gives no reason' } = failure;
  return { known: false, action, why: `${action} leaves out ${arn}: ${reason}`, remedy: 'ask again in a minute' };
}

export const wholly = <T extends { readonly failures?: readonly Failure[] | undefined }>(
  action: string,
  pages: readonly Answer<T>[],
): Answer<readonly T[]> => every(pages.map((page) => whole(action, page)));
