/** Kinds of policy that are a guardrail; all but the last are an organization's. */
export type GuardrailType =
  'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' | 'AISERVICES_OPT_OUT_POLICY' | 'VPC_ENDPOINT_POLICY';

interface Limit {
  readonly characters: number;
  readonly source: string;
}

const ORGANIZATIONS = 'AWS Organizations user guide, "Quotas and service limits", maximum size of a policy document';

/** Fixed by AWS; read on 2026-11-26. */
export const LIMITS: Readonly<Record<GuardrailType, Limit>> = {
  SERVICE_CONTROL_POLICY: { characters: 5120, source: ORGANIZATIONS },
  RESOURCE_CONTROL_POLICY: { characters: 5120, source: ORGANIZATIONS },
  AISERVICES_OPT_OUT_POLICY: { characters: 2500, source: ORGANIZATIONS },
  VPC_ENDPOINT_POLICY: {
    characters: 20_480,
    source: 'AWS PrivateLink guide, "AWS PrivateLink quotas", characters per VPC endpoint policy',
  },
};

/** A line for a document that no splitting makes small enough; undefined for one that fits. */
export function tooLarge(type: GuardrailType, what: string, size: number): string | undefined {
  const { characters, source } = LIMITS[type];
  if (size <= characters) return undefined;
  return `${what}: got ${size} characters, allowed ${characters} (${source}), change the deployment to name fewer`;
}
