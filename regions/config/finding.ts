/** Keys and list positions from the root of the file to a value. */
export type Path = readonly (string | number)[];

/** Something wrong with a value, before it is known where in the file it stands. */
export interface Finding {
  readonly path: Path;
  /**
   * Whether the key or what follows it is at fault.
   * @default 'value'
   */
  readonly at?: 'key' | 'value';
  /**
   * What was found, in words.
   * @default the value itself, shortened and without secrets
   */
  readonly got?: string;
  readonly allowed: string;
  /** Completes the sentence "change …". */
  readonly change: string;
}
