/** Where a command's text goes: the only way a door of the CLI speaks, so that tests can listen. */
export interface Io {
  /** One or more lines for standard output, without the last newline. */
  out(text: string): void;
  /** One or more lines for standard error, without the last newline. */
  err(text: string): void;
}

/** 0 clean, 1 findings, 2 could not run. */
export type ExitCode = 0 | 1 | 2;
