import type { CertificateFacts } from '../facts/certificate';
import type { RegionPlan } from '../../regions/plan/types';
import { certificateKeyFindings } from './certificate-key';
import { judge, ok, willFail, type Check, type Finding } from '../verdict';

const DAY_MS = 86_400_000;

/** Carriers that speak TLS check it; nothing to say where there is no secret, which is a finding of its own. */
export const certificateCheck: Check = {
  name: 'SIP certificate',
  assess: (plan, { askedAt, region: { certificate, secrets } }) => {
    const { sip, budgets } = plan;
    const needed = `PEM chain and key for ${sip.hostname}, valid ${budgets.certificateDays} days or more`;
    if (!certificate) return [];
    const finding = judge(certificate, needed, (facts) => findingOf(plan, facts, askedAt, needed));
    return [finding, ...certificateKeyFindings(plan, secrets)];
  },
};

function findingOf(plan: RegionPlan, facts: CertificateFacts, now: Date, needed: string): Finding {
  const { certificateDays } = plan.budgets;
  const days = Math.floor((facts.notAfter.getTime() - now.getTime()) / DAY_MS);
  const until = facts.notAfter.toISOString().slice(0, 10);
  const remedy = renewal(plan);
  if (facts.problem !== undefined) return willFail(facts.problem, needed, remedy);
  if (!facts.covers) return willFail(`a certificate for ${facts.names}`, needed, remedy);
  if (facts.notBefore > now)
    return willFail(`valid only from ${facts.notBefore.toISOString().slice(0, 10)}`, needed, remedy);
  if (facts.notAfter <= now) return willFail(`expired on ${until}`, needed, remedy);
  return days < certificateDays
    ? willFail(`expires on ${until}, in ${days} days: the alarm would ring at once`, needed, remedy)
    : ok(`valid until ${until}`, needed);
}

const renewal = ({ sip, region }: RegionPlan): string => {
  const where = `--secret-id ${sip.certificateSecretArn} --region ${region}`;
  return `put chain and key into one PEM file, then: \`aws secretsmanager put-secret-value ${where} --secret-string file://FILE\``;
};
