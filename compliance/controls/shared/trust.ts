import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { covers, isAllow, statementsIn, type Statement } from '../policy';
import { isWritten } from './role-policies';

/** Who may assume a role. */
export interface Trust {
  readonly statements: readonly Statement[];
  readonly isHidden: boolean;
}

export function trustOf(evidence: Evidence, role: Resource): Trust {
  const document = evidence.at(role, 'AssumeRolePolicyDocument');
  return { statements: statementsIn(document), isHidden: !isWritten(document) };
}

/** Statements by which somebody other than a service of AWS gets in. */
export const peopleIn = ({ statements }: Trust): readonly Statement[] =>
  statements.filter(
    (statement) =>
      isAllow(statement) &&
      ENTRIES.some((action) => covers(statement, action)) &&
      (statement.principals.length === 0 ||
        statement.principals.some((principal) => !principal.startsWith('service:'))),
  );

const ENTRIES = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const;
