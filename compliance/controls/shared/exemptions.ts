import type { Condition } from '../policy';

/** A condition of a denial that does nothing but exempt principals by their ARN. */
export const isExemption = ({ operator, key, values }: Condition): boolean =>
  /^(?:Arn|String)Not(?:Equals|Like)(?:IfExists)?$/i.test(operator) &&
  key.toLowerCase() === 'aws:principalarn' &&
  values.length > 0;

/** A role or user by name. Neither everybody nor the root user, whose ARN is often taken for that of the account. */
export const isNamedPrincipal = (arn: string): boolean => NAMED.test(arn) || REFERENCE.test(arn);

/** The name may end in a wildcard, as those of Identity Center do, but must begin with letters of its own. */
const NAMED = /^arn:[^:]+:(?:iam|sts)::[^:]*:(?:role|user|assumed-role)\/(?:[^*?]*\/)?[^/*?]{3}[^/]*$/;

const REFERENCE = /^\u{FFFC}[^\u{FFFC}]+\.Arn\u{FFFC}$/u;
