import type { RegionPlan } from '../../../regions/plan/types';
import type { Asked } from './selection';

/** A verb's request, read and found valid as far as all verbs share it. */
export interface Request {
  readonly plans: readonly RegionPlan[];
  readonly asked: Asked;
  readonly values: {
    readonly 'call-id': readonly string[];
    readonly person?: string;
    readonly agent?: string;
    readonly number?: string;
    readonly date?: string;
    readonly from?: string;
    readonly to?: string;
    readonly region: readonly string[];
    readonly 'role-arn'?: string;
    readonly 'serial-number'?: string;
    readonly 'number-key-secret'?: string;
    readonly json: boolean;
    readonly out?: string;
    readonly resume: boolean;
    readonly matter?: string;
    readonly reason?: string;
    readonly yes: boolean;
    readonly format?: string;
  };
}
