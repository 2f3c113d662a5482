import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import type { SipPlan } from '../../../regions/plan/types';
import type { SipDirectoryIds, SrvService } from './region-network';

/** Transports by preference, with what a SIP client puts before the hostname to look each up (RFC 3263, section 4.1). */
const SRV_SERVICES: readonly { transport: SrvService['transport']; id: string; prefix: string }[] = [
  { transport: 'tls', id: 'SrvTls', prefix: '_sips._tcp' },
  { transport: 'tcp', id: 'SrvTcp', prefix: '_sip._tcp' },
  { transport: 'udp', id: 'SrvUdp', prefix: '_sip._udp' },
];

/**
 * Where carriers find the edge: A and SRV records of the SIP hostname in a public zone of its own. The records are made
 * by the edge nodes: each registers its claimed address once it is ready and takes itself out when it drains.
 *
 * An instance of an SRV service must register `AWS_INSTANCE_IPV4` beside `AWS_INSTANCE_PORT`: only then does Cloud Map
 * make the A record that the SRV record points to. A query is answered with up to eight healthy nodes.
 * Source: AWS Cloud Map API reference, DnsRecord and DnsConfig.
 */
export class SipDirectory extends Construct implements SipDirectoryIds {
  readonly namespaceId: string;
  readonly hostedZoneId: string;
  readonly hostServiceId: string;
  readonly hostServiceArn: string;
  readonly srvServices: readonly SrvService[];
  private readonly sip: SipPlan;

  constructor(scope: Construct, id: string, sip: SipPlan) {
    super(scope, id);
    this.sip = sip;
    const namespace = this.namespace();
    this.namespaceId = namespace.attrId;
    this.hostedZoneId = namespace.attrHostedZoneId;
    const label = sip.hostname.slice(0, -`.${sip.zone}`.length);
    ({ id: this.hostServiceId, arn: this.hostServiceArn } = this.service('Host', label, 'A'));
    this.srvServices = this.srvServicesOf(label);
  }

  private namespace(): cloudmap.CfnPublicDnsNamespace {
    return new cloudmap.CfnPublicDnsNamespace(this, 'Namespace', {
      name: this.sip.zone,
      description: `Edge nodes that answer ${this.sip.hostname}`,
    });
  }

  /** All of them always: one that no carrier speaks has no records, and one that cells import could not be taken away. */
  private srvServicesOf(label: string): SrvService[] {
    return SRV_SERVICES.map(({ transport, id, prefix }) => {
      const service = this.service(id, `${prefix}.${label}`, 'SRV');
      return { transport, id: service.id, arn: service.arn };
    });
  }

  private service(id: string, name: string, type: 'A' | 'SRV'): Pick<SrvService, 'id' | 'arn'> {
    const service = new cloudmap.CfnService(this, id, {
      name,
      namespaceId: this.namespaceId,
      dnsConfig: { routingPolicy: 'MULTIVALUE', dnsRecords: [{ type, ttl: this.sip.recordTtlSeconds }] },
      // The node itself says whether it is healthy; one is the only threshold Cloud Map still knows.
      healthCheckCustomConfig: { failureThreshold: 1 },
    });
    return { id: service.attrId, arn: service.attrArn };
  }
}
