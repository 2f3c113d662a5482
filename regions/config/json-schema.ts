import { z } from 'zod';
import { deploymentSchema } from './schema';

/**
 * The schema for editors: completion, hover texts and the rules of shape; what needs two fields is told by the reader.
 * Committed as `deployment.schema.json`: after a change of the schema write `voicecell schema` to it and run prettier.
 */
export function deploymentJsonSchema(): object {
  return { title: 'voicecell deployment', ...z.toJSONSchema(deploymentSchema, { target: 'draft-7' }) };
}
