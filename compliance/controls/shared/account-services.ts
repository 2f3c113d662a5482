import type { Resource } from '../../templates/template-set';
import { overall, type Judgement } from '../control';
import type { Evidence, Scope } from '../evidence';
import { attested, type Statement } from './attested';
import { nodesOf } from './nodes';

type AccountServices = NonNullable<Scope['accountServices']>;

/** A service an account has once. */
export interface AccountService extends Statement {
  readonly key: keyof AccountServices;
  /** What a template makes it with, such as an `AWS::GuardDuty::Detector`. */
  readonly made: string;
}

/** Each one on the templates is judged; where a region has none, the deployment was to create it or somebody must vouch for it. */
export function perRegion(
  evidence: Evidence,
  service: AccountService,
  made: readonly Resource[] = [],
  judge: (one: Resource) => readonly Judgement[] = () => [],
): readonly Judgement[] {
  if (evidence.set.resources.length === 0) return [];
  const covered = new Set(made.map(({ stack }) => stack.region));
  const bare = [...runningRegions(evidence)].filter((region) => !covered.has(region));
  const isMissing = made.length === 0 || bare.length > 0;
  return [...made.flatMap(judge), ...(isMissing ? [offTemplate(evidence, service, bare)] : [])];
}

/** Regions with nodes; one that holds copies only has nothing of its own to watch. */
const runningRegions = (evidence: Evidence): ReadonlySet<string | undefined> =>
  new Set(nodesOf(evidence).map(({ stack }) => stack.region));

function offTemplate(evidence: Evidence, service: AccountService, bare: readonly (string | undefined)[]): Judgement {
  const where = bare.length > 0 ? ` in ${bare.map((region) => region ?? 'an unnamed region').join(', ')}` : '';
  return evidence.scope.accountServices?.[service.key] === 'create'
    ? overall('unmet', `accountServices.${service.key} is create, but no template has ${service.made}${where}`)
    : attested(evidence, service);
}
