/** User data has 16 KiB for all that a node runs: what is only for people stays in the repository. */

/** A shell script without comments and indentation; the first line says who runs it. It has no strings of several lines. */
export const compactShell = (script: string): string => withoutComments(script).replaceAll(/^ +/gm, '');

/** Python without comments and docstrings and with one space for four; it has no other strings of several lines. */
export const compactPython = (script: string): string =>
  withoutComments(script.replaceAll(/^ *"""[^]*?"""\n/gm, '')).replaceAll(/^(?: {4})+/gm, (indent) =>
    ' '.repeat(indent.length / 4),
  );

const withoutComments = (script: string): string =>
  script.replaceAll(/^[ \t]*#(?!!).*\n/gm, '').replaceAll(/\n{2,}/g, '\n');
