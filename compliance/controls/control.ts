import type { Framework } from '../../regions/config/schema';
import type { Resource } from '../templates/template-set';
import type { Evidence } from './evidence';

/** Who asks: a framework a customer chooses, or what holds for every deployment of a jurisdiction or of this kit. */
export type Authority = Framework | 'pci' | 'residency' | 'consent-law' | 'house';

/** `45 CFR 164.312(b)` of `hipaa`. */
export interface Citation {
  readonly authority: Authority;
  readonly text: string;
}

/** `met`, `unmet`, or `indeterminate`: the template does not show it. An empty list of judgements is "not applicable". */
export type Answer = 'met' | 'unmet' | 'indeterminate';

/** What a control found, of one resource or of the deployment as a whole. */
export interface Judgement {
  readonly answer: Answer;
  readonly resource?: Resource;
  /** What was found, in words. */
  readonly message: string;
  /** What to change where it is not met, each once. @default what the control says of templates */
  readonly remedies?: readonly string[];
  /** Met on somebody's word. */
  readonly attested?: true;
  /** Of a word that counts for a time: ISO date, that day included. */
  readonly attestedUntil?: string;
}

/** One requirement, as one object. */
export interface Control {
  /** `REC-01`. */
  readonly id: string;
  /** A plain sentence that is true when the control is met. */
  readonly title: string;
  readonly citations: readonly [Citation, ...Citation[]];
  /** `fatal` cannot be waived; `warning` fails nothing. */
  readonly severity: 'fatal' | 'error' | 'warning';
  /** Keys of `frameworks/sources.ts`, which say how well each is established. */
  readonly sources: readonly [string, ...string[]];
  /** Day the sources were read. */
  readonly checkedOn: string;
  /** What the kit builds so that it is met. */
  readonly builds: string;
  /** How it is read in templates, in a sentence. */
  readonly onTemplate: string;
  /** API calls that show it in an account, or `none` with the reason. */
  readonly live: string;
  /** Never throws; every resource it is about gets a judgement. */
  readonly check: (evidence: Evidence) => readonly Judgement[];
}

export const met = (resource: Resource, message: string): Judgement => ({ answer: 'met', resource, message });

/** @param text what was found, and behind the last semicolon what to change */
export const unmet = (resource: Resource, text: string): Judgement => ({ answer: 'unmet', resource, ...told(text) });

/** The template does not show it: counts as unmet until it does. */
export const unclear = (resource: Resource, text: string): Judgement => ({
  answer: 'indeterminate',
  resource,
  ...told(text),
});

/** Controls write a flaw as one text, `found; change`, which reads well; reports keep the two apart. */
export function told(text: string): Pick<Judgement, 'message' | 'remedies'> {
  const end = text.lastIndexOf(BETWEEN);
  if (end === -1) return { message: text };
  return { message: text.slice(0, end), remedies: [text.slice(end + BETWEEN.length)] };
}

/** Found and to change in one text, where there is room for one only. */
export const wholeText = ({ message, remedies = [] }: Pick<Judgement, 'message' | 'remedies'>): string =>
  [message, ...remedies].join(BETWEEN);

const BETWEEN = '; ';

/** A value as it reads in a message; long ones are cut. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 80;

/** Of the deployment as a whole. */
export const overall = (answer: Answer, text: string): Judgement => ({
  answer,
  ...(answer === 'met' ? { message: text } : told(text)),
});
