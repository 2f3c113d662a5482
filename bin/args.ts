import { parseArgs, types, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>;

/** What was read from the command line, or one line that says what is wrong with it. */
export type Arguments<O extends Options> =
  { readonly values: Parsed<O>['values']; readonly positionals: readonly string[] } | { readonly error: string };

/**
 * `parseArgs` of node:util with its complaints as one line instead of an exception.
 *
 * Positionals are returned, not judged: a command that takes none says so itself.
 */
export function parse<const O extends Options>(args: readonly string[], options: O): Arguments<O> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { values, positionals };
  } catch (error) {
    if (isUsageError(error)) return { error: complaintOf(error, options) };
    throw error;
  }
}

interface UsageError extends Error {
  readonly code: string;
}

function isUsageError(error: unknown): error is UsageError {
  return types.isNativeError(error) && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** In Node's words there are neither the options that there are, nor always one line. */
function complaintOf({ code, message }: UsageError, options: Options): string {
  const [name = 'options'] = /--?[^\s'<,=]+/.exec(message) ?? [];
  const known = Object.keys(options).map((option) => `--${option}`);
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return `${name}: got an option that is not known, allowed ${known.join(', ') || 'none'}, change it`;
  return message.includes('does not take')
    ? `${name}: got a value, allowed none, take it away`
    : `${name}: got no value, allowed one behind it, or after = where it begins with a dash, add it`;
}
