import { isKnown } from '../../templates/evaluate';
import { MARK } from '../../templates/tokens';
import { isAllow, type Condition, type Statement } from '../policy';
import { hidden, wrong, type Flaw } from './flaws';

/** Whose account a policy is of. */
export interface House {
  /** Accounts that the templates are deployed to. */
  readonly accounts: ReadonlySet<string>;
  /** No stack says its account, and the policy takes accounts from nowhere but `AWS::AccountId`. */
  readonly isNameless: boolean;
}

/** What of a policy lets in somebody of another account, or of none. */
export const outsiderFlaws = (statements: readonly Statement[], house: House): readonly Flaw[] =>
  statements.filter((statement) => isAllow(statement) || !isKnown(statement.effect)).flatMap(flawsOf(house));

const flawsOf =
  (house: House) =>
  (statement: Statement): readonly Flaw[] => {
    const { principals, conditions } = statement;
    const outside = principals.filter((principal) => whoseOf(principal, house) !== 'own');
    if (outside.length === 0 || conditions.some((condition) => isBound(condition, house))) return [];
    return outside.map((principal) => flawOf(principal, whoseOf(principal, house)));
  };

type Whose = 'own' | 'everybody' | 'foreign' | 'hidden';

function flawOf(principal: string, whose: Whose): Flaw {
  if (whose === 'everybody')
    return wrong('its policy lets in everybody; name principals, or compare aws:PrincipalAccount or aws:SourceAccount');
  if (whose === 'foreign')
    return wrong(`its policy lets in ${principal}, which is of another account; take it out, or waive it by name`);
  return hidden('whose principals its policy lets in cannot be read; write them out');
}

/** Services of AWS act for whoever set them up, which is what conditions on their source are for. */
function whoseOf(principal: string, { accounts, isNameless }: House): Whose {
  if (principal.startsWith('service:')) return 'own';
  if (principal === '*') return 'everybody';
  if (principal.startsWith(MARK)) return 'own';
  const account = /^\d{12}$/.test(principal) ? principal : /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(principal)?.[1];
  if (account === undefined || account === '') return isNameless && !isKnown(principal) ? 'own' : 'hidden';
  if (account.includes('*')) return 'everybody';
  if (!isKnown(account)) return isNameless ? 'own' : 'hidden';
  return accounts.has(account) ? 'own' : accounts.size > 0 ? 'foreign' : 'hidden';
}

/** A comparison that holds also where the request lacks the key, or that excludes, bounds nobody. */
const BINDS = /^(?:ForAnyValue:)?(?:String|Arn)(?:Equals|EqualsIgnoreCase|Like)$/i;

const ORGANIZATIONS = /^aws:(?:Principal|Source)Org(?:ID|Paths)$/i;
const OWNERS = /^(?:aws:(?:PrincipalAccount|SourceAccount|SourceOwner|PrincipalArn|SourceArn)|kms:CallerAccount)$/i;

function isBound({ operator, key, values }: Condition, house: House): boolean {
  if (!BINDS.test(operator) || values.length === 0) return false;
  if (ORGANIZATIONS.test(key)) return isKnown(values) && !values.some((value) => /^[*?]*$/.test(value));
  return OWNERS.test(key) && values.every((value) => whoseOf(value, house) === 'own');
}
