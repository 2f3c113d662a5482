import type { RegionPlan } from '../../regions/plan/types';
import type { RegionFacts } from '../facts/facts';
import { secretsOf } from '../facts/wanted';
import type { ReaderProps } from '../../aws/reader';
import { SecretsReader } from './secrets';

/** Every secret a plan names, and what the certificate among them says; one that is not there is not read. */
export async function secretFacts(
  plan: RegionPlan,
  reader: ReaderProps,
): Promise<Pick<RegionFacts, 'secrets' | 'certificate'>> {
  const from = new SecretsReader(reader);
  const { certificateSecretArn, hostname } = plan.sip;
  const secrets = await Promise.all(secretsOf(plan).map((arn) => from.describe(arn)));
  const state = secrets.find(({ arn }) => arn === certificateSecretArn)?.state;
  const gone = state?.known === true && (state.value === 'absent' || state.value === 'deleted');
  return { secrets, certificate: gone ? undefined : await from.certificate(certificateSecretArn, hostname) };
}
