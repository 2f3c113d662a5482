import type { Region } from '../../../../../emulator/assertions/aws';
import type { DeployedKit } from '../../../../../support/deployed';

/** Clients of the region of a deployed kit. */
export const clientsOf = ({ aws, plan }: DeployedKit): Region => aws.in(plan.region);

/** Physical id of a resource in the region of the kit itself. */
export function idOf({ resources, plan }: DeployedKit, type: string, logicalId = /./): string {
  const found = resources.find(
    ({ resource }) =>
      resource.type === type && resource.stack.region === plan.region && logicalId.test(resource.logicalId),
  );
  if (!found) throw new Error(`the kit has no ${type} ${logicalId.source}`);
  return found.physicalId;
}
