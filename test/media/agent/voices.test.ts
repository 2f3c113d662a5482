import { readVoices, voiceFor } from '../../../media/agent/call/voices';

test.each([
  ['en-US', '', 'af_heart'],
  ['en-GB', '', 'bf_emma'],
  ['es-US', '', 'ef_dora'],
  ['de-DE', '', undefined],
  ['de-DE', 'de=thorsten, es=carlos', 'thorsten'],
  ['de-AT', 'de=thorsten,de-AT=karl', 'karl'],
  ['fr-FR', 'de=thorsten', 'ff_siwis'],
  ['es-ES', 'alloy', 'alloy'],
  ['de-DE', 'de=thorsten,alloy', 'thorsten'],
])('%s with TTS_VOICE "%s" is spoken by %s', (language, given, voice) => {
  expect(voiceFor(language, readVoices(given))).toBe(voice);
});
