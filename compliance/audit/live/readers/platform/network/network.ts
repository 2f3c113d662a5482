import {
  EC2Client,
  paginateDescribeInternetGateways,
  paginateDescribeRouteTables,
  paginateDescribeVpcEndpoints,
  type Filter,
  type InternetGateway,
  type RouteTable,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Answer } from '../../../../../../aws/answer';
import { clientConfig } from '../../../../../../aws/reader';
import type { Deployed, LiveRegion, Reading } from '../../../reading';
import { everyPage } from '../../data/shapes';
import { primaryId } from '../found';

/** The network of a deployment in one region. What several sections need is asked for once. */
export class Network {
  readonly region: LiveRegion;
  readonly ec2: EC2Client;
  readonly vpcs: readonly string[];
  private readonly deployed: readonly Deployed[];
  private tablesAsked: Promise<Answer<readonly RouteTable[]>> | undefined;
  private gatewaysAsked: Promise<Answer<readonly InternetGateway[]>> | undefined;
  private endpointsAsked: Promise<Answer<readonly VpcEndpoint[]>> | undefined;

  constructor(deployed: readonly Deployed[], region: LiveRegion) {
    this.deployed = deployed;
    this.region = region;
    this.ec2 = new EC2Client(clientConfig(region));
    this.vpcs = this.idsOf('AWS::EC2::VPC');
  }

  ofType(type: string): readonly Deployed[] {
    return this.deployed.filter(({ resource }) => resource.type === type);
  }

  idsOf(type: string): string[] {
    return this.ofType(type).map(primaryId);
  }

  isMade(id: string): boolean {
    return this.deployed.some((one) => primaryId(one) === id) || (this.region.made?.has(id) ?? false);
  }

  /** All of a kind in the VPCs of the deployment; in a VPC of somebody else, its own only. */
  within(byId: string, type: string): Filter[] {
    return this.vpcs.length > 0
      ? [{ Name: 'vpc-id', Values: [...this.vpcs] }]
      : [{ Name: byId, Values: this.idsOf(type) }];
  }

  /** Of whoever made them, with routes and associations. */
  tables(): Promise<Answer<readonly RouteTable[]>> {
    const Filters = this.within('route-table-id', 'AWS::EC2::RouteTable');
    this.tablesAsked ??= this.region.ask('ec2:DescribeRouteTables', (abortSignal) =>
      everyPage(
        paginateDescribeRouteTables({ client: this.ec2 }, { Filters }, { abortSignal }),
        ({ RouteTables }) => RouteTables,
      ),
    );
    return this.tablesAsked;
  }

  /** All of the region: one of ours that is detached is in no VPC. */
  gateways(): Promise<Answer<readonly InternetGateway[]>> {
    this.gatewaysAsked ??= this.region.ask('ec2:DescribeInternetGateways', (abortSignal) =>
      everyPage(
        paginateDescribeInternetGateways({ client: this.ec2 }, {}, { abortSignal }),
        ({ InternetGateways }) => InternetGateways,
      ),
    );
    return this.gatewaysAsked;
  }

  endpoints(): Promise<Answer<readonly VpcEndpoint[]>> {
    const Filters = this.within('vpc-endpoint-id', 'AWS::EC2::VPCEndpoint');
    this.endpointsAsked ??= this.region.ask('ec2:DescribeVpcEndpoints', (abortSignal) =>
      everyPage(paginateDescribeVpcEndpoints({ client: this.ec2 }, { Filters }, { abortSignal }), ({ VpcEndpoints }) =>
        VpcEndpoints?.filter(({ State = '' }) => !/^delet/i.test(State)),
      ),
    );
    return this.endpointsAsked;
  }
}

/** Types whose answers hang together with those of other sections. */
export interface Section {
  readonly types: readonly string[];
  readonly actions: readonly string[];
  /** @param network in which there is at least one of its types */
  read(network: Network): Promise<readonly Reading[]>;
}
