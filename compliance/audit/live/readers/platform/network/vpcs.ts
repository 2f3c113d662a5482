import { DescribeVpcAttributeCommand, paginateDescribeVpcs, type VpcAttributeName } from '@aws-sdk/client-ec2';
import { GONE, readingOf, type Part } from '../../data/parts';
import { mapAnswer } from '../../../../../../aws/answer';
import { answering } from '../../../../../../aws/errors';
import { everyPage, tagsOf } from '../../data/shapes';
import { withBeside, withUnlisted } from '../found';
import type { Network, Section } from './network';
import { STRAY_ACTIONS, straysOf } from './strays';

const TYPE = 'AWS::EC2::VPC';
const ATTRIBUTE = 'ec2:DescribeVpcAttribute';

export const vpcs: Section = {
  types: [TYPE],
  actions: [ATTRIBUTE, 'ec2:DescribeVpcs', ...STRAY_ACTIONS],
  async read(network) {
    const [all, strays] = await Promise.all([vpcsOf(network), straysOf(network)]);
    return Promise.all(
      network.ofType(TYPE).map(async (deployed) => {
        const id = deployed.physicalId;
        const own = mapAnswer(all, (found) => {
          const vpc = found.find(({ VpcId }) => VpcId === id);
          return vpc ? { CidrBlock: vpc.CidrBlock, InstanceTenancy: vpc.InstanceTenancy, ...tagsOf(vpc.Tags) } : GONE;
        });
        const parts = [
          { names: ['CidrBlock', 'InstanceTenancy', 'Tags'], answer: own },
          ...(await Promise.all(ATTRIBUTES.map((one) => attribute(network, id, one)))),
        ];
        const reading = readingOf(deployed, parts, DEFAULTS);
        return withUnlisted(withBeside(reading, strays.beside(id)), ...strays.answers);
      }),
    );
  },
};

const vpcsOf = ({ ec2, region, vpcs: ids }: Network) =>
  region.ask('ec2:DescribeVpcs', (abortSignal) =>
    everyPage(
      paginateDescribeVpcs({ client: ec2 }, { Filters: [{ Name: 'vpc-id', Values: [...ids] }] }, { abortSignal }),
      ({ Vpcs }) => Vpcs,
    ),
  );

const DEFAULTS = { EnableDnsHostnames: false, EnableDnsSupport: true, InstanceTenancy: 'default' };

type Attribute = readonly [asked: VpcAttributeName, answered: 'EnableDnsHostnames' | 'EnableDnsSupport'];

const ATTRIBUTES: readonly Attribute[] = [
  ['enableDnsHostnames', 'EnableDnsHostnames'],
  ['enableDnsSupport', 'EnableDnsSupport'],
];

/** Each is a question of its own. */
const attribute = async ({ ec2, region }: Network, VpcId: string, [asked, answered]: Attribute): Promise<Part> => {
  const answer = await region.ask(ATTRIBUTE, (abortSignal) =>
    ec2
      .send(new DescribeVpcAttributeCommand({ VpcId, Attribute: asked }), { abortSignal })
      .then((found) => ({ [answered]: found[answered]?.Value }))
      .catch(answering(GONE, 'InvalidVpcID.NotFound')),
  );
  return { names: [answered], answer };
};
