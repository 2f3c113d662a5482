import { deploymentJsonSchema } from '../../regions/config/json-schema';
import { parse } from '../args';
import type { ExitCode, Io } from '../io';

export const USAGE = 'usage: voicecell schema > deployment.schema.json';

/** `voicecell schema`: the JSON Schema of a deployment file, for editors. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parse(args, {});
  const error =
    'error' in parsed ? parsed.error : parsed.positionals[0] && `unexpected argument ${parsed.positionals[0]}`;
  if (error) {
    io.err(`voicecell schema: ${error}`);
    return 2;
  }
  io.out(JSON.stringify(deploymentJsonSchema(), null, 2));
  return 0;
}
