/** What is known of endpoint services that may take no policy. A service that is not here takes one, as nearly all do. */
export interface PolicySupport {
  /** `unsettled`: nobody has shown it either way. */
  readonly takes: 'none' | 'unsettled';
  readonly source: string;
}

const GUIDE = 'AWS PrivateLink guide, "View endpoint policy support": listed with VpcEndpointPolicySupported false';
const ACCELERATOR = 'awslabs/landing-zone-accelerator-on-aws, services it gives no policy because they take none';
const ECS_ISSUE = 'awsdocs/amazon-ecs-developer-guide issue 55 (2018): ecs takes a policy, these two do not';

const none = (source: string): PolicySupport => ({ takes: 'none', source });
const unsettled = (source: string): PolicySupport => ({ takes: 'unsettled', source });

/**
 * Read 2026-11-26. `ec2:DescribeVpcEndpointServices` settles each in an account (`VpcEndpointPolicySupported`).
 * The PrivateLink guide lists `xray` among those that take one; the Systems Manager guide has an example for `ssm`.
 */
export const POLICY_SUPPORT: Readonly<Record<string, PolicySupport>> = {
  'appmesh-envoy-management': none(GUIDE),
  'apprunner.requests': none(GUIDE),
  'appstream.api': none(GUIDE),
  'appstream.streaming': none(GUIDE),
  awsconnector: none(GUIDE),
  'transfer.server': none(GUIDE),
  transfer: none(ACCELERATOR),
  'email-smtp': none(ACCELERATOR),
  storagegateway: none(ACCELERATOR),
  'ecs-agent': none(ECS_ISSUE),
  'ecs-telemetry': none(ECS_ISSUE),
  servicediscovery: unsettled('AWS Cloud Map guide, interface endpoints: no policy found in what could be read'),
  'data-servicediscovery': unsettled('AWS Cloud Map guide, interface endpoints: no policy found in what could be read'),
  ssmmessages: unsettled('Systems Manager guide: an example of a policy for ssm, none for this one'),
  ec2messages: unsettled('Systems Manager guide: an example of a policy for ssm, none for this one'),
};
