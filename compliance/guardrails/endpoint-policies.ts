import { minified, type Guardrail } from './guardrail';
import { tooLarge } from './limits';

/** A policy that a region's template gives to endpoints. */
export interface EndpointDocument {
  readonly region: string;
  /** Suffixes of `com.amazonaws.<region>.<suffix>`. */
  readonly services: readonly string[];
  readonly document: { readonly Version: string; readonly Statement: readonly { readonly Sid: string }[] };
  readonly notes: readonly string[];
}

/** What the templates hold, for who reads or reviews it: the network stack attaches it, nobody else has to. */
export const endpointPolicies = (
  deployment: string,
  documents: readonly EndpointDocument[],
): readonly Guardrail<'VPC_ENDPOINT_POLICY'>[] =>
  documents.map(({ region, services, document, notes }) => {
    const id = `endpoints-${region}-${services[0]}`;
    return {
      id,
      type: 'VPC_ENDPOINT_POLICY',
      name: `voicecell-${deployment}-${id}`,
      description: `Endpoints of ${deployment} in ${region}: ${services.join(', ')}`,
      effects: document.Statement.map(({ Sid }) => `admits ${WORDS[Sid] ?? Sid} at ${services.join(', ')}`),
      notes,
      document,
      size: minified(document).length,
    };
  });

/** Statements of the network stack by name. */
const WORDS: Readonly<Record<string, string>> = {
  AccountToItself: "the account's own principals to the account's own resources",
  AccountOnly: "the account's own principals",
  ReadAwsOwnedBuckets: 'everybody to read the buckets of AWS that nodes start from',
};

export const endpointProblems = (policies: readonly Guardrail[]): readonly string[] =>
  policies.flatMap(({ id, type, size }) => tooLarge(type, id, size) ?? []);
