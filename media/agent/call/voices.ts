/** Voices of Kokoro by language; a deployment names its own where the engine is another. */
const VOICES: Readonly<Record<string, string>> = {
  'en-GB': 'bf_emma',
  es: 'ef_dora',
  fr: 'ff_siwis',
  it: 'if_sara',
  pt: 'pf_dora',
};

export const voiceFor = (language: string, fallback: string): string =>
  VOICES[language] ?? VOICES[language.split('-')[0] ?? ''] ?? fallback;
