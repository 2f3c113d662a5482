/** A question that could not be answered, or something that could not be moved, in one line. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
