import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Asking } from '../../aws/ask';
import type { Deployed, LiveReader, LiveRegion, Reading } from '../../compliance/audit/live/reading';
import type { Evidence } from '../../compliance/controls/evidence';
import type { StackTemplate } from '../../compliance/templates/template-set';
import { stackName, stacksOf } from '../../regions/plan/stacks';
import type { RegionPlan } from '../../regions/plan/types';
import { type Emulator, startEmulator } from '../emulator';
import { Aws, type Region } from '../emulator/assertions/aws';
import { ACCOUNT, writeCopy } from '../emulator/rehearsal/copy';
import { planOf } from '../emulator/rehearsal/deployment';
import { kitEvidence } from './kit-evidence';

/** The sandbox in an emulated account, deployed by CloudFormation alone: no CDK CLI and no images, so that it takes seconds. */
export class DeployedKit {
  readonly plan: RegionPlan;
  readonly evidence: Evidence;
  /** Clients to change the account behind the templates' back. */
  readonly aws: Aws;
  readonly emulator: Emulator;
  /** Every resource of every stack. */
  readonly resources: readonly Deployed[];

  private constructor(given: Pick<DeployedKit, 'plan' | 'evidence' | 'aws' | 'emulator' | 'resources'>) {
    ({ plan: this.plan, evidence: this.evidence, aws: this.aws, emulator: this.emulator } = given);
    this.resources = given.resources;
  }

  static async start(): Promise<DeployedKit> {
    const { plan, evidence } = synthesised();
    const emulator = await startEmulator({ accountId: ACCOUNT });
    const aws = new Aws(emulator.client);
    await pretendBootstrap(emulator, plan);
    await pretendAssets(evidence, aws);
    const resources: Deployed[] = [];
    for (const stack of inOrder(evidence.set.stacks, plan))
      resources.push(...(await deployed(stack, { plan, evidence, aws })));
    return new DeployedKit({ plan, evidence, aws, emulator, resources });
  }

  async stop(): Promise<void> {
    this.aws.close();
    await this.emulator.stop();
  }

  /** Clients of the region of the kit. */
  get here(): Region {
    return this.aws.in(this.plan.region);
  }

  /** The first of a type in the region of the kit that is called like this. */
  deployed(type: string, logicalId = /./): Deployed {
    const found = this.resources.find(
      ({ resource }) =>
        resource.type === type && resource.stack.region === this.plan.region && logicalId.test(resource.logicalId),
    );
    if (!found) throw new Error(`the kit has no ${type} like ${logicalId.source}`);
    return found;
  }

  /** Its physical id. */
  idOf(type: string, logicalId?: RegExp): string {
    return this.deployed(type, logicalId).physicalId;
  }

  /** The account as readers are given it. */
  region(name = this.plan.region): LiveRegion {
    const { client } = this.emulator;
    return { region: name, account: ACCOUNT, partition: 'aws', ask: new Asking().in(name), client };
  }

  /** What a reader says of all that it reads in a region. */
  read(reader: LiveReader, name = this.plan.region): Promise<readonly Reading[]> {
    const mine = this.resources.filter(
      ({ resource }) => resource.stack.region === name && reader.types.includes(resource.type),
    );
    return reader.read(mine, this.region(name));
  }
}

/** The example with an account and a lock file under which it may be deployed. */
function synthesised(): Pick<DeployedKit, 'plan' | 'evidence'> {
  const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-deployed-'));
  try {
    const file = writeCopy(folder, (reference) => reference);
    const [kit] = kitEvidence([file]);
    if (!kit) throw new Error('the sandbox has no region');
    return { plan: planOf(file), evidence: kit.evidence };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Templates ask for the version of the bootstrap, and for nothing else of it that is not an image. */
async function pretendBootstrap({ client }: Emulator, { region, copies }: RegionPlan): Promise<void> {
  for (const name of new Set([region, copies.region])) {
    const ssm = new SSMClient({ ...client, region: name });
    await ssm.send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' }));
    ssm.destroy();
  }
}

/** Code of functions comes from the bootstrap's bucket; what is in it nobody runs. */
async function pretendAssets({ set }: Evidence, aws: Aws): Promise<void> {
  for (const { stack, properties } of set.resources.filter(({ type }) => type === 'AWS::Lambda::Function')) {
    const { S3Bucket, S3Key } = properties['Code'] as { readonly S3Bucket: string; readonly S3Key: string };
    const { s3 } = aws.in(stack.region ?? '');
    await s3.send(new CreateBucketCommand({ Bucket: S3Bucket }));
    await s3.send(new PutObjectCommand({ Bucket: S3Bucket, Key: S3Key, Body: EMPTY_ZIP }));
  }
}

/** The end of a ZIP archive that has nothing before it. */
const EMPTY_ZIP = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

const nameOf = (stack: StackTemplate, plan: RegionPlan): string =>
  stackName(plan.names.prefix, stack.name.split('/').at(-1) ?? '');

const inOrder = (stacks: readonly StackTemplate[], plan: RegionPlan): StackTemplate[] =>
  // Replication needs its destination.
  [...stacksOf(plan)]
    .toSorted((one, other) => Number(isOfCopies(other, plan)) - Number(isOfCopies(one, plan)))
    .map(({ name }) => {
      const found = stacks.find((stack) => nameOf(stack, plan) === name);
      if (!found) throw new Error(`there is no template of ${name}`);
      return found;
    });

const isOfCopies = ({ name }: { readonly name: string }, { names }: RegionPlan): boolean =>
  name === stackName(names.prefix, 'copies');

async function deployed(
  stack: StackTemplate,
  { plan, evidence, aws }: Pick<DeployedKit, 'plan' | 'evidence' | 'aws'>,
): Promise<Deployed[]> {
  const { cloudformation } = aws.in(stack.region ?? '');
  const StackName = nameOf(stack, plan);
  const TemplateBody = JSON.stringify(stack.body);
  await cloudformation.send(
    new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
  );
  await made(StackName, cloudformation);
  const { StackResources = [] } = await cloudformation.send(new DescribeStackResourcesCommand({ StackName }));
  return StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => {
    const resource = evidence.set.at(stack, LogicalResourceId);
    if (!resource) throw new Error(`${StackName} has ${LogicalResourceId}, its template has not`);
    return { resource, physicalId: PhysicalResourceId };
  });
}

/** The emulator answers when it is done, well or not. */
async function made(StackName: string, cloudformation: CloudFormationClient): Promise<void> {
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'));
  const reasons = failed.map(({ ResourceStatusReason = '' }) => ResourceStatusReason);
  if (failed.length > 0) throw new Error(`${StackName}: ${reasons.join('; ')}`);
}
