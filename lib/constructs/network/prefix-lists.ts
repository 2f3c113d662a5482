import { CfnParameter } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { NetworkPlan } from '../../../regions/plan/types';
import type { PrefixListIds } from './region-network';

export interface PrefixListsProps {
  readonly region: string;
  readonly known: NetworkPlan['prefixLists'];
}

/**
 * Ids of the AWS-managed prefix lists of S3 and DynamoDB. One the lock file does not know becomes a parameter without
 * a default: the template is complete, and a deployment cannot go on with a guess.
 */
export class PrefixLists extends Construct implements PrefixListIds {
  readonly s3: string;
  readonly dynamodb: string;

  constructor(scope: Construct, id: string, { region, known }: PrefixListsProps) {
    super(scope, id);
    this.s3 = known.s3 ?? this.parameter('S3PrefixListId', `com.amazonaws.${region}.s3`);
    this.dynamodb = known.dynamodb ?? this.parameter('DynamoDbPrefixListId', `com.amazonaws.${region}.dynamodb`);
  }

  private parameter(id: string, listName: string): string {
    const parameter = new CfnParameter(this, id, {
      type: 'String',
      allowedPattern: '^pl-[0-9a-f]+$',
      constraintDescription: 'must be a prefix list id such as pl-63a5400a',
      description: `Find it with: aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=${listName}`,
    });
    parameter.overrideLogicalId(id);
    return parameter.valueAsString;
  }
}
