import {
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeFlowLogs,
  type Address,
  type FlowLog,
} from '@aws-sdk/client-ec2';
import type { Deployed } from '../../../reading';
import { serviceReader } from '../../data/service-reader';
import { everyPage, picked, tagsOf } from '../../data/shapes';
import { matched, primaryId, unlessChosen } from '../found';

/** Which interface holds an address is the business of the nodes that claim it. */
export const addresses = serviceReader({
  type: 'AWS::EC2::EIP',
  client: EC2Client,
  listings: [
    {
      action: 'ec2:DescribeAddresses',
      names: ['Domain', 'PublicIpv4Pool', 'Tags'],
      list: async ({ client, deployed, abortSignal }) => {
        const Filters = [{ Name: 'public-ip', Values: deployed.map(primaryId) }];
        const { Addresses = [] } = await client.send(new DescribeAddressesCommand({ Filters }), { abortSignal });
        return matched(deployed, Addresses, ({ PublicIp }) => PublicIp, addressProperties);
      },
    },
  ],
  defaults: () => ({ Domain: 'vpc', PublicIpv4Pool: 'amazon' }),
});

const addressProperties = (address: Address) => ({
  ...picked(address, ['Domain', 'PublicIpv4Pool']),
  ...tagsOf(address.Tags),
});

const SAME = [
  'DeliverLogsPermissionArn',
  'LogDestination',
  'LogDestinationType',
  'LogFormat',
  'LogGroupName',
  'MaxAggregationInterval',
  'ResourceId',
  'TrafficType',
] as const satisfies readonly (keyof FlowLog)[];

export const flowLogs = serviceReader({
  type: 'AWS::EC2::FlowLog',
  client: EC2Client,
  listings: [
    {
      action: 'ec2:DescribeFlowLogs',
      names: [...SAME, 'ResourceType', 'Tags'],
      list: async ({ client, deployed, abortSignal }) => {
        const Filter = [{ Name: 'flow-log-id', Values: deployed.map(primaryId) }];
        const logs = await everyPage(
          paginateDescribeFlowLogs({ client }, { Filter }, { abortSignal }),
          ({ FlowLogs }) => FlowLogs,
        );
        return matched(deployed, logs, ({ FlowLogId }) => FlowLogId, flowLogProperties);
      },
    },
  ],
  defaults: () => ({ LogFormat: FORMAT, MaxAggregationInterval: 600 }),
});

const flowLogProperties = (log: FlowLog, deployed: Deployed) =>
  unlessChosen(
    deployed,
    {
      ...picked(log, SAME),
      ResourceType: TYPES.find(([prefix]) => log.ResourceId?.startsWith(prefix))?.[1],
      ...tagsOf(log.Tags),
    },
    // A group in CloudWatch Logs is named by its name.
    ...(log.LogGroupName === undefined ? [] : ['LogDestination']),
  );

/** VPC user guide, "Flow log records": the default format. */
const FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ' +
  '${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';

/** The answer says it by the id only. */
const TYPES = [
  ['vpc-', 'VPC'],
  ['subnet-', 'Subnet'],
  ['eni-', 'NetworkInterface'],
  ['tgw-attach-', 'TransitGatewayAttachment'],
  ['tgw-', 'TransitGateway'],
] as const;
