import type { IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** One alarm as data: what is compared with what, for how long, and what silence means. */
export interface AlarmSpec {
  /** PascalCase; construct id and, dashed, part of the alarm's name. */
  readonly id: string;
  /** What is wrong and what to look at first, in one sentence. */
  readonly description: string;
  readonly metric: IMetric;
  readonly is: 'below' | 'above';
  readonly threshold: number;
  /** Every period of so many. */
  readonly periods: number;
  readonly silence: TreatMissingData;
}
