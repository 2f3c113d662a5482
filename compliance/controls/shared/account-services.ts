import { overall, type Judgement } from '../control';
import type { Evidence, Scope } from '../evidence';
import { attested, type Statement } from './attested';

type AccountServices = NonNullable<Scope['accountServices']>;

/** A service an account has once. */
export interface AccountService extends Statement {
  readonly key: keyof AccountServices;
  /** What a template makes it with, such as an `AWS::GuardDuty::Detector`. */
  readonly made: string;
}

/** Said of a service that is on no template: the deployment was to create it, or somebody must vouch for it. */
export function offTemplate(evidence: Evidence, service: AccountService): readonly Judgement[] {
  if (evidence.set.resources.length === 0) return [];
  return evidence.scope.accountServices?.[service.key] === 'create'
    ? [overall('unmet', `accountServices.${service.key} is create, but no template has ${service.made}`)]
    : [attested(evidence, service)];
}
