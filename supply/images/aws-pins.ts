import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import type { ClientOptions } from '../client-options';
import { told } from '../outside';
import { Unreadable } from '../unreadable';
import type { Ami, PinSource, RegionPins } from './pins';

/** Value of the public parameters (Amazon ECS, "Retrieving Amazon ECS-optimized Linux AMI metadata"). */
const recommended = z.object({ image_id: z.string().regex(/^ami-[0-9a-f]{8,17}$/), image_name: z.string().min(1) });

const AMIS = '/aws/service/ecs/optimized-ami/amazon-linux-2023';

interface Clients {
  readonly ssm: SSMClient;
  readonly ec2: EC2Client;
}

/** Reads public SSM parameters and managed prefix lists: `ssm:GetParameter`, `ec2:DescribeManagedPrefixLists`. */
export class AwsPins implements PinSource {
  private readonly client: ClientOptions;

  constructor(client: ClientOptions = {}) {
    this.client = client;
  }

  async pinsOf(region: string): Promise<RegionPins> {
    const clients = await this.clients(region);
    try {
      return await told(region, () => pinsBy(clients, region));
    } finally {
      clients.ssm.destroy();
      clients.ec2.destroy();
    }
  }

  private async clients(region: string): Promise<Clients> {
    const { EC2Client: Ec2 } = await import('@aws-sdk/client-ec2');
    const { SSMClient: Ssm } = await import('@aws-sdk/client-ssm');
    return { ssm: new Ssm({ region, ...this.client }), ec2: new Ec2({ region, ...this.client }) };
  }
}

async function pinsBy({ ssm, ec2 }: Clients, region: string): Promise<RegionPins> {
  const [cpu, gpu, s3, dynamodb] = await Promise.all([
    ami(ssm, ''),
    ami(ssm, '/gpu'),
    prefixList(ec2, region, 's3'),
    prefixList(ec2, region, 'dynamodb'),
  ]);
  return { amis: { cpu, gpu }, prefixLists: { s3, dynamodb } };
}

async function ami(ssm: SSMClient, variant: '' | '/gpu'): Promise<Ami> {
  const { GetParameterCommand } = await import('@aws-sdk/client-ssm');
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `${AMIS}${variant}/recommended` }));
  const { image_id: id, image_name: name } = recommended.parse(JSON.parse(Parameter?.Value ?? '{}'));
  return { id, name };
}

async function prefixList(ec2: EC2Client, region: string, service: string): Promise<string> {
  const { DescribeManagedPrefixListsCommand } = await import('@aws-sdk/client-ec2');
  const name = `com.amazonaws.${region}.${service}`;
  const Filters = [{ Name: 'prefix-list-name', Values: [name] }];
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({ Filters }));
  const id = PrefixLists.find(({ PrefixListName }) => PrefixListName === name)?.PrefixListId;
  if (id === undefined) throw new Unreadable(`${region}: EC2 knows no prefix list ${name}`);
  return id;
}
