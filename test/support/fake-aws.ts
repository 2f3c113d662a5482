import { type Answer, FakeNodeAws, error, xml } from './fake-node-aws';

interface Address {
  readonly allocation: string;
  readonly address: string;
  holder: string | undefined;
}

/** AWS as an edge node sees it: a region with one pool of addresses. The caller is a network interface. */
export class FakeAws extends FakeNodeAws {
  readonly claims: string[] = [];
  beforeFirstClaim: ((allocation: string) => void) | undefined;
  private addresses: Address[] = [];

  static start(): Promise<FakeAws> {
    return new FakeAws().listen();
  }

  pool(...addresses: readonly (readonly [allocation: string, address: string, holder?: string])[]): void {
    this.addresses = addresses.map(([allocation, address, holder]) => ({ allocation, address, holder }));
  }

  give(allocation: string, eni: string | undefined): void {
    for (const address of this.addresses) if (address.allocation === allocation) address.holder = eni;
  }

  holders(): Record<string, string | undefined> {
    return Object.fromEntries(this.addresses.map(({ address, holder }) => [address, holder]));
  }

  protected metadata(eni: string): Readonly<Record<string, string>> {
    return { mac: '0e:00:00:00:00:01', 'network/interfaces/macs/0e:00:00:00:00:01/interface-id': eni };
  }

  protected act(action: string, parameters: URLSearchParams): Answer {
    return action === 'DescribeAddresses' ? this.describe() : this.associate(parameters);
  }

  private describe(): Answer {
    const items = this.addresses.map(({ allocation, address, holder }) => {
      const held = holder ? `<networkInterfaceId>${holder}</networkInterfaceId>` : '';
      return `<item><publicIp>${address}</publicIp><allocationId>${allocation}</allocationId>${held}</item>`;
    });
    return xml('DescribeAddressesResponse', `<addressesSet>${items.join('')}</addressesSet>`);
  }

  private associate(parameters: URLSearchParams): Answer {
    const allocation = parameters.get('AllocationId') ?? '';
    this.claims.push(allocation);
    this.beforeFirstClaim?.(allocation);
    this.beforeFirstClaim = undefined;
    const address = this.addresses.find((candidate) => candidate.allocation === allocation);
    if (!address) return error('InvalidAllocationID.NotFound');
    if (address.holder && parameters.get('AllowReassociation') === 'false') return error('Resource.AlreadyAssociated');
    address.holder = parameters.get('NetworkInterfaceId') ?? undefined;
    return xml('AssociateAddressResponse', '<return>true</return>');
  }
}
