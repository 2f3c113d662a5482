import type { Deployed } from '../../../../../../compliance/audit/live/reading';
import type { DeployedKit } from '../../../../../support/deployed';
import type { Region } from '../../../../../emulator/assertions/aws';

/** The emulated account of a kit, by the names that its templates use. */
export class Account {
  readonly kit: DeployedKit;

  constructor(kit: DeployedKit) {
    this.kit = kit;
  }

  get aws(): Region {
    return this.kit.aws.in(this.kit.plan.region);
  }

  deployed(logicalId: RegExp, type: string): Deployed {
    const found = this.kit.resources.find(
      ({ resource }) =>
        resource.type === type && logicalId.test(resource.logicalId) && this.isHere(resource.stack.region),
    );
    if (!found) throw new Error(`the kit has no ${type} like ${logicalId}`);
    return found;
  }

  idOf(logicalId: RegExp, type: string): string {
    return this.deployed(logicalId, type).physicalId;
  }

  get vpc(): string {
    return this.idOf(/./, 'AWS::EC2::VPC');
  }

  get cluster(): string {
    return this.idOf(/./, 'AWS::ECS::Cluster');
  }

  private isHere(region: string | undefined): boolean {
    return region === this.kit.plan.region;
  }
}
