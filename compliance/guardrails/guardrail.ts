import type { GuardrailType } from './limits';

/** A statement of a service or resource control policy; none of them allows anything. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Deny';
  /** Resource control policies name everybody; service control policies name nobody. */
  readonly Principal?: '*';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string;
  /** Operator, key, values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A statement and what it means, so that both stay together when a document is split. */
export interface Denial {
  readonly statement: Statement;
  /** As it reads after "denies". */
  readonly denies: string;
  /** What whoever attaches it should know. */
  readonly notes?: readonly string[];
}

/** A policy as a document, within the size AWS takes. */
export interface Guardrail<Type extends GuardrailType = GuardrailType> {
  /** Name of its file, without `.json`: `region-deny`. */
  readonly id: string;
  readonly type: Type;
  /** As AWS lists it: `voicecell-<deployment>-region-deny`. */
  readonly name: string;
  readonly description: string;
  /** What it does, a line each. */
  readonly effects: readonly string[];
  readonly notes: readonly string[];
  readonly document: Readonly<Record<string, unknown>>;
  /** Characters of the document without white space. */
  readonly size: number;
}

/** The text that AWS counts: it keeps white space of what the CLI or an SDK sends. */
export const minified = (document: unknown): string => JSON.stringify(document);
