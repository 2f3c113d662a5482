import {
  DescribePlacementGroupsCommand,
  EC2Client,
  paginateDescribeCapacityReservations,
  type CapacityReservation,
  type PlacementGroup,
} from '@aws-sdk/client-ec2';
import type { Deployed } from '../../../reading';
import { serviceReader } from '../../data/service-reader';
import { everyPage, picked, tagsOf } from '../../data/shapes';
import { matched, primaryId, unlessChosen } from '../found';

export const placementGroups = serviceReader({
  type: 'AWS::EC2::PlacementGroup',
  client: EC2Client,
  listings: [
    {
      action: 'ec2:DescribePlacementGroups',
      names: ['PartitionCount', 'SpreadLevel', 'Strategy', 'Tags'],
      list: async ({ client, deployed, abortSignal }) => {
        const Filters = [
          { Name: 'group-name', Values: deployed.map(primaryId) },
          { Name: 'state', Values: ['pending', 'available'] },
        ];
        const answer = await client.send(new DescribePlacementGroupsCommand({ Filters }), { abortSignal });
        return matched(deployed, answer.PlacementGroups ?? [], ({ GroupName }) => GroupName, groupProperties);
      },
    },
  ],
});

const groupProperties = (group: PlacementGroup) => ({
  ...picked(group, ['PartitionCount', 'SpreadLevel', 'Strategy']),
  ...tagsOf(group.Tags),
});

const SAME = [
  'AvailabilityZoneId',
  'EndDateType',
  'InstanceMatchCriteria',
  'InstancePlatform',
  'InstanceType',
  'PlacementGroupArn',
  'Tenancy',
] as const satisfies readonly (keyof CapacityReservation)[];

export const capacityReservations = serviceReader({
  type: 'AWS::EC2::CapacityReservation',
  client: EC2Client,
  listings: [
    {
      action: 'ec2:DescribeCapacityReservations',
      names: [...SAME, 'InstanceCount', 'TagSpecifications'],
      list: async ({ client, deployed, abortSignal }) => {
        // Of one that is over, AWS still tells for a while.
        const Filters = [{ Name: 'state', Values: ['active', 'pending', 'assessing', 'scheduled'] }];
        const all = await everyPage(
          paginateDescribeCapacityReservations({ client }, { Filters }, { abortSignal }),
          ({ CapacityReservations }) => CapacityReservations,
        );
        return matched(deployed, all, ({ CapacityReservationId }) => CapacityReservationId, reservationProperties);
      },
    },
  ],
  defaults: () => ({ Tenancy: 'default' }),
});

const reservationProperties = (reservation: CapacityReservation, deployed: Deployed) =>
  unlessChosen(
    deployed,
    {
      ...picked(reservation, SAME),
      InstanceCount: reservation.TotalInstanceCount,
      TagSpecifications: [{ ResourceType: 'capacity-reservation', ...tagsOf(reservation.Tags) }],
    },
    'TagSpecifications',
  );
