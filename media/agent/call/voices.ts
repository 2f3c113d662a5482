/** Voices of Kokoro by language, the engine that deployments ship with; it speaks no others, German among them. */
const VOICES: Readonly<Record<string, string>> = {
  'en-GB': 'bf_emma',
  en: 'af_heart',
  es: 'ef_dora',
  fr: 'ff_siwis',
  hi: 'hf_alpha',
  it: 'if_sara',
  ja: 'jf_alpha',
  pt: 'pf_dora',
  zh: 'zf_xiaobei',
};

/** For every language that is not named. */
const ANY = '*';

export type Voices = Readonly<Record<string, string>>;

/** TTS_VOICE: one voice for all languages, or `de=thorsten,es=carlos` for some of them. */
export function readVoices(text: string): Voices {
  const given = text.split(',').map((one) => one.trim());
  const pairs = given.filter((one) => one !== '').map((one) => one.split('='));
  return Object.fromEntries(pairs.map(([language = '', voice]) => (voice ? [language, voice] : [ANY, language])));
}

/** Of a language tag: its own voice, that of its language, then the engine's; undefined where nobody speaks it. */
export function voiceFor(language: string, given: Voices): string | undefined {
  const [base = ''] = language.split('-');
  return given[language] ?? given[base] ?? given[ANY] ?? VOICES[language] ?? VOICES[base];
}
