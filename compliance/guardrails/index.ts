import type { RegionPlan } from '../../regions/plan/types';
import { aiOptOut } from './ai-opt-out';
import { endpointPolicies, endpointProblems, type EndpointDocument } from './endpoint-policies';
import { minified, type Guardrail } from './guardrail';
import type { GuardrailType } from './limits';
import { packed } from './pack';
import { perimeterOf, type Perimeter } from './perimeter';
import { regionDeny } from './region-deny';
import { resourcePerimeter } from './resource-perimeter';

export type { EndpointDocument } from './endpoint-policies';
export type { Guardrail } from './guardrail';

/** The guardrails of a deployment, or every reason why one cannot be written. */
export interface Guardrails {
  /** Absent for a deployment without regions. */
  readonly perimeter?: Perimeter;
  /** To be attached by the organization. */
  readonly policies: readonly Guardrail<Exclude<GuardrailType, 'VPC_ENDPOINT_POLICY'>>[];
  /** What the templates hold already. */
  readonly endpoints: readonly Guardrail<'VPC_ENDPOINT_POLICY'>[];
  /** What is not there and why, a line each. */
  readonly leftOut: readonly string[];
  /** A line each; with one, nothing should be attached. */
  readonly problems: readonly string[];
}

/**
 * Guardrails as documents, from the plans of one deployment. Pure: it attaches nothing.
 * @param endpoints policies of the templates' endpoints, where they are to be shown too
 */
export function guardrailsFor(plans: readonly RegionPlan[], endpoints: readonly EndpointDocument[] = []): Guardrails {
  const perimeter = perimeterOf(plans);
  if (!perimeter) return { ...NOTHING, problems: ['the deployment has no regions, allowed one or more, add a region'] };
  const { deployment, organizationId } = perimeter;
  const region = packed({ ...named(deployment, 'region-deny'), type: 'SERVICE_CONTROL_POLICY' }, regionDeny(perimeter));
  const resources = packed(
    { ...named(deployment, 'resource-perimeter'), type: 'RESOURCE_CONTROL_POLICY' },
    organizationId === undefined ? [] : resourcePerimeter(organizationId),
  );
  const shown = endpointPolicies(deployment, endpoints);
  return {
    perimeter,
    policies: [...region.policies, ...resources.policies, optOut(deployment)],
    endpoints: shown,
    leftOut: organizationId === undefined ? [NO_ORGANIZATION] : [],
    problems: [...region.problems, ...resources.problems, ...endpointProblems(shown)],
  };
}

const NOTHING: Guardrails = { policies: [], endpoints: [], leftOut: [], problems: [] };

const NO_ORGANIZATION =
  'resource-perimeter: the deployment names no organization; set organizationId, then strangers are denied too';

const named = (deployment: string, id: string): { id: string; name: string; description: string } => ({
  id,
  name: `voicecell-${deployment}-${id}`,
  description: `${DESCRIPTIONS[id]} of voicecell deployment ${deployment}`,
});

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'region-deny': 'Residency',
  'resource-perimeter': 'Data perimeter',
  'ai-opt-out': 'AI services opt-out',
};

const optOut = (deployment: string): Guardrail<'AISERVICES_OPT_OUT_POLICY'> => ({
  ...named(deployment, 'ai-opt-out'),
  type: 'AISERVICES_OPT_OUT_POLICY',
  effects: ['opts out of all AI services, so that AWS keeps no content to improve them, and keeps it so further down'],
  notes: [],
  document: aiOptOut,
  size: minified(aiOptOut).length,
});
