/** What is said in the call: the caller's lines, and the agent's answers by what it heard. Words of the dictionary only. */
export interface Answer {
  /** In what was heard. */
  readonly cue: RegExp;
  readonly says: string;
  /** The model calls the tool that ends the call. */
  readonly endsCall?: true;
}

export const GREETING = 'Hello, this is the clinic. How can I help you?';

export const CALLER_LINES: readonly string[] = [
  'what are your opening hours',
  'i would like to book an appointment for monday',
  'yes please',
  'no thank you goodbye',
];

export const ANSWERS: readonly Answer[] = [
  { cue: /opening hours/, says: 'We are open from nine to five, Monday to Friday.' },
  { cue: /appointment/, says: 'On Monday at ten there is a free appointment. Shall I book it for you?' },
  { cue: /yes/, says: 'Your appointment is booked. Is there anything else?' },
  { cue: /goodbye/, says: 'Thank you for calling. Goodbye.', endsCall: true },
];

const NOT_UNDERSTOOD: Answer = { cue: /./, says: 'I am sorry, I did not understand that.' };

export const answerTo = (heard: string): Answer => ANSWERS.find(({ cue }) => cue.test(heard)) ?? NOT_UNDERSTOOD;

/** A grammar of both sides' sentences, so that the agent can be understood at the caller's end too. */
export function grammar(): string {
  const said = [GREETING, NOT_UNDERSTOOD.says, ...CALLER_LINES, ...ANSWERS.map(({ says }) => says)];
  return `#JSGF V1.0;\ngrammar call;\npublic <line> = ${said.map(plain).join(' | ')};\n`;
}

/** As a recogniser writes it. */
export const plain = (text: string): string => text.toLowerCase().replace(/[^a-z ]/g, '');
