export interface Phrases {
  readonly greeting: string;
  /** While something takes long. */
  readonly filler: string;
  /** After what was not understood. */
  readonly pardon: string;
}

const PHRASES: Readonly<Record<string, Phrases>> = {
  en: {
    greeting: 'Hello, how can I help you?',
    filler: 'One moment, please.',
    pardon: 'Sorry, could you say that again?',
  },
  de: {
    greeting: 'Guten Tag, wie kann ich Ihnen helfen?',
    filler: 'Einen Moment, bitte.',
    pardon: 'Entschuldigung, könnten Sie das wiederholen?',
  },
  es: {
    greeting: 'Hola, ¿en qué puedo ayudarle?',
    filler: 'Un momento, por favor.',
    pardon: 'Perdone, ¿puede repetirlo?',
  },
  fr: {
    greeting: 'Bonjour, comment puis-je vous aider ?',
    filler: 'Un instant, s’il vous plaît.',
    pardon: 'Pardon, pouvez-vous répéter ?',
  },
};

/** Of a language tag, such as `de-DE`; English where there is none. */
export function phrasesFor(language: string): Phrases {
  const { en } = PHRASES;
  const found = PHRASES[language.split('-')[0] ?? ''] ?? en;
  if (!found) throw new Error('no phrases');
  return found;
}
