import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { topicArn } from './arns';
import { GuardedKey, type GuardedKeyProps } from './guarded-key';
import type { Guardians } from './guardians';
import type { DataKeys } from './region-records';
import { logKeyGrants, topicKeyGrants, volumeKeyGrants } from './service-grants';

export interface DataKeySetProps {
  readonly plan: RegionPlan;
  readonly guardians: Guardians;
}

/** The region's keys, one per class of data. */
export class DataKeySet extends Construct implements DataKeys {
  readonly recording: kms.IKey;
  readonly transcript: kms.IKey;
  readonly cdr: kms.IKey;
  readonly posture: kms.IKey;
  readonly log: kms.IKey;
  readonly topic: kms.IKey;
  readonly volume: kms.IKey;
  readonly weights: kms.IKey;
  private readonly props: DataKeySetProps;

  constructor(scope: Construct, id: string, props: DataKeySetProps) {
    super(scope, id);
    this.props = props;
    this.recording = this.key('Recording', 'recording', 'recording');
    this.transcript = this.key('Transcript', 'transcript', 'transcript');
    this.cdr = this.key('Cdr', 'cdr', 'cdr');
    this.posture = this.key('Posture', 'posture', 'posture');
    this.log = this.key('Log', 'log', 'log', logKeyGrants(props.plan));
    this.topic = this.key('Topic', 'topic', 'none', topicKeyGrants(topicArn(props.plan), props.plan.account));
    // Volumes spool recordings until they are in the vault.
    this.volume = this.key('Volume', 'volume', 'recording', volumeKeyGrants(props.plan));
    this.weights = this.key('Weights', 'weights', 'weights');
  }

  private key(
    id: string,
    name: keyof DataKeys,
    dataClass: GuardedKeyProps['dataClass'],
    grants?: iam.PolicyStatement[],
  ): kms.IKey {
    const { plan, guardians } = this.props;
    const alias = plan.names.keyAliases[name];
    const description = `${plan.names.prefix} ${name}`;
    return new GuardedKey(this, id, { alias, description, dataClass, guardians, grants }).key;
  }
}
