/** What the cells of a region need to know of its network; `NetworkStack` is the one that has it. */
export interface RegionNetwork {
  readonly vpcId: string;
  /** Keyed by AZ id. */
  readonly cells: Readonly<Record<string, CellNetwork>>;
  /** The group of every interface endpoint: nodes allow egress to it on 443. */
  readonly endpointSecurityGroupId: string;
  /** AWS-managed prefix lists of the gateway endpoints: nodes allow egress to them on 443. */
  readonly prefixListIds: PrefixListIds;
  readonly sipDirectory: SipDirectoryIds;
}

/** Every id lies in one AZ. */
export interface CellNetwork {
  readonly edgeSubnetId: string;
  readonly mediaSubnetId: string;
  readonly inferenceSubnetId: string;
  readonly dataSubnetId: string;
  /** The retained pool that edge nodes claim their public address from. */
  readonly elasticIpAllocationIds: string[];
}

/** `pl-…`, of the stack's region. */
export interface PrefixListIds {
  readonly s3: string;
  readonly dynamodb: string;
}

/** The Cloud Map services in which a claimed, ready edge node registers so that carriers find it. */
export interface SipDirectoryIds {
  readonly namespaceId: string;
  /** Public Route 53 zone that Cloud Map keeps the records in, in the name of who registers. */
  readonly hostedZoneId: string;
  /** A records of the SIP hostname. */
  readonly hostServiceId: string;
  readonly hostServiceArn: string;
  /** SRV records, one service per transport. */
  readonly srvServices: readonly SrvService[];
}

/** SRV records of one transport of SIP. */
export interface SrvService {
  readonly transport: 'tls' | 'tcp' | 'udp';
  readonly id: string;
  readonly arn: string;
}
