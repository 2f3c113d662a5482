import { GetHostedZoneCommand, ListHostedZonesByNameCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { Answer } from '../../aws/answer';
import type { SipZones } from '../facts/facts';
import { clientConfig, type ReaderProps } from '../../aws/reader';

/** Service principal by which AWS Cloud Map signs the zones it manages (HostedZone, LinkedService). */
const CLOUD_MAP = 'servicediscovery.amazonaws.com';

export class Route53Reader {
  private readonly props: ReaderProps;
  private readonly route53: Route53Client;

  constructor(props: ReaderProps) {
    this.props = props;
    this.route53 = new Route53Client(clientConfig(props));
  }

  /** Public hosted zones of exactly this name, by who manages them. */
  async zones(name: string): Promise<Answer<Omit<SipZones, 'delegated'>>> {
    return this.props.ask('route53:ListHostedZonesByName', async (abortSignal) => {
      // Sorted by name from the one asked for, so that one page holds as many of the same name as an account ever has.
      const { HostedZones = [] } = await this.route53.send(new ListHostedZonesByNameCommand({ DNSName: name }), {
        abortSignal,
      });
      const same = HostedZones.filter(({ Name, Config }) => Name === `${name}.` && !Config?.PrivateZone);
      const managed = same.filter(({ LinkedService }) => LinkedService?.ServicePrincipal === CLOUD_MAP);
      const servers = await Promise.all(managed.map(({ Id = '' }) => this.nameServers(Id, abortSignal)));
      return {
        managed: servers.flat(),
        foreign: same.filter((zone) => !managed.includes(zone)).map(({ Id = '' }) => Id.replace('/hostedzone/', '')),
      };
    });
  }

  private async nameServers(Id: string, abortSignal: AbortSignal): Promise<readonly string[]> {
    const { DelegationSet } = await this.route53.send(new GetHostedZoneCommand({ Id }), { abortSignal });
    return DelegationSet?.NameServers ?? [];
  }
}
