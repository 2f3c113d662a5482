import { asList, isRecord } from '../../compliance/templates/template-set';
import type { Draft, Json } from './draft';
import { forEach, type Edit } from './edits';

const DOCUMENTS = ['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument'] as const;

/** Tells a statement by its id, or by the key of a condition. */
const is = (statement: Json, name: string): boolean =>
  statement['Sid'] === name || JSON.stringify(statement['Condition'] ?? {}).includes(`"${name}"`);

/** Of the statements of whatever policy the resource has. */
export const onStatements =
  (change: (statements: readonly Json[], draft: Draft) => readonly Json[]): Edit =>
  (draft) => {
    for (const document of DOCUMENTS)
      forEach(draft.properties, `${document}.Statement`, (holder, key) => {
        const statements = holder[key];
        if (Array.isArray(statements)) holder[key] = change(statements.filter(isRecord) as Json[], draft);
      });
  };

/** The statement is dropped. */
export const lift = (name: string): Edit =>
  onStatements((statements) => statements.filter((statement) => !is(statement, name)));

export const amend = (name: string, change: (statement: Json, draft: Draft) => void): Edit =>
  onStatements((statements, draft) => {
    for (const statement of statements.filter((one) => is(one, name))) change(statement, draft);
    return statements;
  });

export const allowed = (statement: (draft: Draft) => Json): Edit =>
  onStatements((statements, draft) => [...statements, { Effect: 'Allow', ...statement(draft) }]);

/** One action less. */
export const sparing = (name: string, action: string): Edit =>
  amend(name, (statement) => {
    statement['Action'] = [statement['Action']].flat().filter((one) => one !== action);
  });

/** A wildcard among those a denial does not touch. */
export const exempting = (name: string, principal: string): Edit =>
  amend(name, (statement) => {
    forEach(statement, 'Condition.ArnNotEquals.aws:PrincipalArn', (holder, key) => {
      holder[key] = [...asList(holder[key]), principal];
    });
  });

/** A denial for one role in place of everybody. */
export const onlyFor = (name: string, principal: string): Edit =>
  amend(name, (statement) => {
    statement['Principal'] = { AWS: principal };
  });

/** A condition more, so that it holds for some requests only. */
export const onlyWhen = (name: string, operator: string, condition: Json): Edit =>
  amend(name, (statement) => {
    const held = statement['Condition'];
    statement['Condition'] = { ...(isRecord(held) ? held : {}), [operator]: condition };
  });

export const turnedRound = (name: string): Edit =>
  amend(name, (statement) => {
    statement['Effect'] = 'Allow';
  });
