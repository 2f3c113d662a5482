/** One statement of a policy document, every list a list. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal: unknown;
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Many = string | readonly string[];

interface Raw {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: Many;
  readonly Resource?: Many;
  readonly Principal?: unknown;
  readonly Condition?: Statement['condition'];
}

/** @param document JSON, as IAM, S3 and KMS answer it, URL-encoded or not */
export function statementsOf(document: string): Statement[] {
  const text = document.startsWith('%') ? decodeURIComponent(document) : document;
  const { Statement: raw } = JSON.parse(text) as { Statement: Raw | readonly Raw[] };
  return (Array.isArray(raw) ? raw : [raw as Raw]).map((one: Raw) => ({
    sid: one.Sid,
    effect: one.Effect,
    actions: many(one.Action),
    resources: many(one.Resource),
    principal: one.Principal,
    condition: one.Condition ?? {},
  }));
}

/** Names of the denials, in alphabetical order. */
export const denialsOf = (document: string): string[] =>
  statementsOf(document)
    .filter(({ effect }) => effect === 'Deny')
    .map(({ sid }) => sid ?? 'without a name')
    .toSorted();

/** Value of a condition, in whichever statement of that name it stands. */
export const conditionOf = (document: string, sid: string, operator: string, key: string): unknown =>
  statementsOf(document).find((statement) => statement.sid === sid)?.condition[operator]?.[key];

/** A statement as one line, however its document was written: `Allow a,b on c if StringEquals key=value`. */
export function lineOf({ effect, actions, resources, condition }: Omit<Statement, 'sid' | 'principal'>): string {
  const conditions = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${operator} ${key}=${[value].flat().join('|')}`),
  );
  const when = conditions.length > 0 ? ` if ${conditions.toSorted().join(', ')}` : '';
  return `${effect} ${actions.toSorted().join(',')} on ${resources.toSorted().join(',')}${when}`;
}

const many = (value: Many | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
