import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { clientConfig } from '../../../../../aws/reader';
import type { LiveRegion } from '../../reading';
import { chunksOf } from '../platform/chunks';
import type { Properties } from './parts';
import { everyPage, tagsOf } from './shapes';

/** IAM action. */
export const TAG_INDEX = 'tag:GetResources';

/** How many are asked for by ARN at once (Resource Groups Tagging API reference, `GetResources`). */
const AT_ONCE = 100;

/**
 * Tags by ARN, of those that the account's index of tags knows. It has nothing of what has no tags, nor of what was tagged a
 * moment ago, and may be refused: whoever is not in it is asked of its own service.
 */
export async function indexedTags(
  arns: readonly string[],
  region: LiveRegion,
): Promise<ReadonlyMap<string, Properties>> {
  const client = new ResourceGroupsTaggingAPIClient(clientConfig(region));
  const answers = await Promise.all(
    chunksOf(arns, AT_ONCE).map((ResourceARNList) =>
      region.ask(TAG_INDEX, (abortSignal) =>
        everyPage(
          paginateGetResources({ client }, { ResourceARNList }, { abortSignal }),
          (page) => page.ResourceTagMappingList,
        ),
      ),
    ),
  );
  client.destroy();
  const found = answers.flatMap((answer) => (answer.known ? answer.value : []));
  return new Map(
    found
      .filter(({ Tags = [] }) => Tags.length > 0)
      .map(({ ResourceARN = '', Tags }) => [ResourceARN, tagsOf(Tags)] as const),
  );
}
