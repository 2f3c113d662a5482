import { unknownOf } from '../aws/errors';

/** Something that cannot be done, in one line. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Asks, and turns what AWS, the credentials or the network have against it into one line that begins with the place. */
export async function told<T>(region: string, action: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new Refused(`${region}: ${whyNot(error, action, region)}`, { cause: error });
  }
}

/** @throws the error itself when it comes from nowhere outside: a defect of ours */
export const whyNot = (error: unknown, action: string, region: string): string => {
  if (error instanceof Refused) return error.message;
  return unknownOf(error, action, region).why;
};
