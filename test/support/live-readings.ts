import { isAsWritten } from '../../compliance/audit/live/compare';
import { Links } from '../../compliance/audit/live/links';
import type { Deployed, Reading } from '../../compliance/audit/live/reading';
import { Evaluator } from '../../compliance/templates/evaluate';
import type { TemplateSet } from '../../compliance/templates/template-set';

/** A property of a resource: `AWS::S3::Bucket LogsBucket5C52C3D2.Tags`. */
type Place = string;

/**
 * Properties that a reading names and that are not as the template writes them.
 * @param deployed what references are to; without it, a reference may be to anything
 */
export function differences(
  set: TemplateSet,
  readings: readonly Reading[],
  deployed: readonly Deployed[] = [],
): Place[] {
  const evaluator = new Evaluator(set);
  const links = new Links(deployed);
  return readings.flatMap(({ deployed: { resource }, properties }) => {
    const written = evaluator.properties(resource);
    return Object.entries(properties)
      .filter(([name, live]) => !isAsWritten(written[name], live, links))
      .map(([name]) => `${resource.type} ${resource.logicalId}.${name}`);
  });
}

/** Properties that a template writes and that a reading does not name. */
export const unnamed = (readings: readonly Reading[]): Place[] =>
  readings.flatMap(({ deployed: { resource }, properties }) =>
    Object.keys(resource.properties)
      .filter((name) => !(name in properties))
      .map((name) => `${resource.type} ${resource.logicalId}.${name}`),
  );
