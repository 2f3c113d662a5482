import type { DeployedKit } from '../deployed';

/** Puts a setting back as it was. */
export type Undo = () => Promise<unknown>;

/** One live setting, changed behind the templates' back. */
export interface Drift {
  readonly what: string;
  /** @returns nothing where nobody can put it back: what comes later is compared with the account as it is then */
  readonly inject: (kit: DeployedKit) => Promise<Undo | undefined>;
  /** Where the account is not as its templates say, sorted: `LedgerTable.TimeToLiveSpecification`, `FlowLog is gone`, `Vpc has AWS::EC2::NatGateway`. */
  readonly found: readonly string[];
  /** What else changes, sorted: controls that mind, with their new answer. */
  readonly minded: readonly string[];
}

/** Changes what was read, and writes it back to undo that. */
export async function swapped<T>(
  read: () => Promise<T>,
  write: (value: T) => Promise<unknown>,
  change: (value: T) => T,
): Promise<Undo> {
  const was = await read();
  await write(change(was));
  return () => write(was);
}

/** The same call with one thing in it, and with another. */
export async function toggled<T>(write: (value: T) => Promise<unknown>, now: T, before: T): Promise<Undo> {
  await write(now);
  return () => write(before);
}

/** Does what cannot be undone. */
export async function forGood(done: Promise<unknown>): Promise<undefined> {
  await done;
}

/** Does one thing, and undoes it by another. */
export async function done(doing: Promise<unknown>, undo: Undo): Promise<Undo> {
  await doing;
  return undo;
}

type Statement = Readonly<Record<string, unknown>>;

/** Of JSON text. */
export interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

export const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** A policy document without the statement of a name, or with another. */
export function policyWithout(text: string, sid: string): string {
  const document = JSON.parse(text) as PolicyDocument;
  return JSON.stringify({ ...document, Statement: document.Statement.filter(({ Sid }) => Sid !== sid) });
}

export function policyWith(text: string, statement: Readonly<Record<string, unknown>>): string {
  const document = JSON.parse(text) as PolicyDocument;
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}

export function eachStatement(text: string, change: (statement: Statement) => Statement): string {
  const document = JSON.parse(text) as PolicyDocument;
  return JSON.stringify({ ...document, Statement: document.Statement.map(change) });
}
