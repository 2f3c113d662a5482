import type { EndpointDocument } from '../compliance/guardrails';
import { accountOnlyPolicy, interfacePolicy, s3Policy } from '../lib/constructs/network/endpoint-policies';
import type { RegionPlan } from '../regions/plan/types';

interface Held {
  readonly service: string;
  /** As JSON; undefined for a service that takes no policy. */
  readonly json: string | undefined;
}

/** The policies that the network stack of a region gives its endpoints, as they stand in the template, each once. */
export function endpointDocuments(plan: RegionPlan): readonly EndpointDocument[] {
  const held = heldBy(plan);
  const without = held.filter(({ json }) => json === undefined).map(({ service }) => service);
  return [...new Set(held.flatMap(({ json }) => json ?? []))].map((json, at) => ({
    region: plan.region,
    services: held.filter((one) => one.json === json).map(({ service }) => service),
    document: JSON.parse(json) as EndpointDocument['document'],
    notes: at === 0 && without.length > 0 ? [`endpoints without a policy: ${without.join(', ')}`] : [],
  }));
}

const heldBy = (plan: RegionPlan): readonly Held[] => [
  { service: 's3', json: JSON.stringify(s3Policy(plan)) },
  { service: 'dynamodb', json: JSON.stringify(accountOnlyPolicy(plan)) },
  ...plan.network.interfaceEndpoints.map((service) => ({
    service,
    json: interfacePolicy(service, plan) && JSON.stringify(interfacePolicy(service, plan)),
  })),
];
