import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';

/** What a resource says of the encryption of media, wherever in its settings, user data or carrier lists it stands. */
export const srtpSettings = (evidence: Evidence, resource: Resource): readonly string[] => {
  const text = JSON.stringify(evidence.properties(resource));
  return [...text.matchAll(SETTING)].map((match) => (match[1] ?? '').toLowerCase());
};

/** `"srtp":"required"`, `SRTP=required`, `{"Name":"SRTP","Value":"required"}`, `media_encryption=sdes`, escaped or not. */
const SETTING = /(?:srtp|media_encryption)[\\"']*\s*(?:[=:]|,[\\"]*Value[\\"]*:)[\\"'\s]*([a-z]+)/gi;

/** Words of the kit, and of Asterisk, FreeSWITCH and rtpengine for the same. */
export const REQUIRED: ReadonlySet<string> = new Set(['required', 'mandatory', 'sdes', 'dtls', 'yes', 'true', 'on']);
