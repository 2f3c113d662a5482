import type { RegionPlan } from '../../regions/plan/types';
import { both, type Answer } from '../../aws/answer';
import type { QuotaKey } from '../facts/facts';
import { QUOTAS } from '../facts/quotas';
import { judge, ok, willFail, type Finding } from '../verdict';

export interface Demand {
  readonly quota: QuotaKey;
  /** At the plan's largest. */
  readonly planned: number;
  /** In use by this deployment already, part of what is planned. */
  readonly ours: number;
  readonly others: number;
}

/** Whether what others use and the plan at its largest fit under the quota. */
export const fits = ({ region }: RegionPlan, limit: Answer<number>, demand: Answer<Demand>, needed: string): Finding =>
  judge(both(limit, demand), needed, ([quota, { quota: key, planned, ours, others }]) => {
    const total = others + Math.max(planned, ours);
    const found = `quota ${quota}, ${others} used by others`;
    return total <= quota ? ok(found, needed) : willFail(found, needed, ask(key, total, region));
  });

const ask = (key: QuotaKey, total: number, region: string): string => {
  const { service, code } = QUOTAS[key];
  const where = `--service-code ${service} --quota-code ${code} --region ${region}`;
  return `it takes hours to days: \`aws service-quotas request-service-quota-increase ${where} --desired-value ${total}\``;
};
