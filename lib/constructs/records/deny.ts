import * as iam from 'aws-cdk-lib/aws-iam';

export interface Denial {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: string[];
  /**
   * ARNs of roles the denial does not touch. They are compared, not named as principals, so they need not exist yet.
   * @default nobody is exempt
   */
  readonly except?: string[];
  /** @default the denial is unconditional */
  readonly when?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A deny for every principal of every account but the exempt ones. */
export function deny({ sid, actions, resources, except, when = {} }: Denial): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions,
    resources,
    conditions: except ? { ...when, ArnNotEquals: { 'aws:PrincipalArn': except } } : when,
  });
}
