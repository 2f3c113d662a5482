import { Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { Construct } from 'constructs';
import { tag } from '../tags';

/** A policy of an organization; `guardrailsFor` makes them. */
export interface OrganizationPolicy {
  /** `region-deny`; its logical id is `RegionDeny`. */
  readonly id: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' | 'AISERVICES_OPT_OUT_POLICY';
  readonly name: string;
  readonly description: string;
  readonly document: Readonly<Record<string, unknown>>;
}

/** What a `GuardrailsStack` is built from. */
export interface GuardrailsStackProps {
  /** Name of the deployment the policies are about. */
  readonly deployment: string;
  /** 12 digits: the management account of the organization, or its delegated administrator of policies. */
  readonly account: string;
  /**
   * Where the stack itself is; its policies hold no data and act in every region.
   * @default us-east-1, where AWS Organizations is
   */
  readonly region?: string;
  /** From `guardrailsFor`; it has said what is left out. */
  readonly policies: readonly OrganizationPolicy[];
  /** What all of them are attached to: roots (`r-…`), organizational units (`ou-…`) or accounts (12 digits). */
  readonly targetIds: readonly [string, ...string[]];
}

/** The guardrails of a deployment in the management account, whose policy types have to be enabled before. */
export class GuardrailsStack extends Stack {
  constructor(scope: Construct, id: string, props: GuardrailsStackProps) {
    const { deployment, account, region = 'us-east-1' } = props;
    super(scope, id, {
      stackName: `voicecell-${deployment}-guardrails`,
      description: `Guardrails of voicecell deployment ${deployment}`,
      env: { account, region },
      terminationProtection: true,
    });
    inTurn(props.policies.map((policy) => this.policy(policy, props.targetIds)));
    tag(this, { deployment });
  }

  private policy({ id, document, ...policy }: OrganizationPolicy, targetIds: readonly string[]): CfnPolicy {
    const { type, name, description } = policy;
    // An object, not a text: CloudFormation finds no drift in a text.
    return new CfnPolicy(this, pascalCase(id), {
      type,
      name,
      description,
      content: document,
      targetIds: [...targetIds],
    });
  }
}

/** One after the other: made at once, some fail (aws-cloudformation/cloudformation-coverage-roadmap issue 2245). */
const inTurn = (policies: readonly CfnPolicy[]): void =>
  policies.forEach((policy, at) => {
    const before = policies[at - 1];
    if (before) policy.node.addDependency(before);
  });

const pascalCase = (id: string): string =>
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
