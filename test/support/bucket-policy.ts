import type { Statement } from './template';

/** A request as S3 sees it: the actions it must be allowed, who asks, and the condition keys it carries, if any. */
export interface Request {
  readonly actions: readonly string[];
  readonly principal: string;
  readonly keys?: Readonly<Record<string, string>>;
  /** Whether it is about the bucket rather than an object in it. */
  readonly onBucket?: boolean;
}

/**
 * Whether any deny of a bucket's policy matches any action of the request, which comes over TLS 1.3: the part of IAM's
 * evaluation that the vault's policy uses, with its two traps: a comparison with a missing key is false, its negation true.
 */
export function denies(
  statements: readonly Statement[],
  { actions, principal, keys, onBucket = false }: Request,
): boolean {
  const context = {
    'aws:PrincipalArn': principal,
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    ...keys,
  };
  return statements
    .filter(({ Effect }) => Effect === 'Deny')
    .filter(({ Resource }) => JSON.stringify(Resource).includes('/*') !== onBucket || Array.isArray(Resource))
    .filter(({ Action }) => actions.some((action) => matches(Action, action)))
    .some(({ Condition = {} }) => holds(Condition, context));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const matches = (patterns: unknown, action: string): boolean =>
  listOf(patterns).some((p) => p === action || p === 's3:*');

function holds(condition: NonNullable<Statement['Condition']>, context: Readonly<Record<string, string>>): boolean {
  return Object.entries(condition).every(([operator, comparisons]) =>
    Object.entries(comparisons).every(([key, expected]) => compare(operator, context[key], listOf(expected))),
  );
}

function compare(operator: string, got: string | undefined, expected: readonly unknown[]): boolean {
  switch (operator) {
    case 'Null':
      return expected.includes(String(got === undefined));
    case 'StringNotEquals':
    case 'ArnNotEquals':
      return got === undefined || !expected.includes(got);
    case 'Bool':
      return got !== undefined && expected.includes(got);
    case 'NumericLessThan':
      return got !== undefined && expected.some((limit) => Number(got) < Number(limit));
    default:
      throw new Error(`the evaluator does not know ${operator}`);
  }
}
