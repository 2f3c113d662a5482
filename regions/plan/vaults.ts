import type { DataClass } from '../config/schema';
import type { Names } from './types';

/** A class of data with a locked bucket of its own, the bucket's copy, and the key of each. Voicemail is kept with recordings. */
export interface Vault {
  readonly dataClass: VaultClass;
  readonly bucket: keyof Names['buckets'];
  readonly copy: keyof Names['buckets'];
  readonly key: keyof Names['keyAliases'] & VaultClass;
  readonly copyKey: keyof Names['keyAliases'];
}

export type VaultClass = Extract<DataClass, 'recording' | 'transcript' | 'cdr' | 'posture'>;

export const VAULTS: readonly Vault[] = [
  {
    dataClass: 'recording',
    bucket: 'recordings',
    copy: 'recordingsCopy',
    key: 'recording',
    copyKey: 'recordingCopy',
  },
  {
    dataClass: 'transcript',
    bucket: 'transcripts',
    copy: 'transcriptsCopy',
    key: 'transcript',
    copyKey: 'transcriptCopy',
  },
  { dataClass: 'cdr', bucket: 'cdr', copy: 'cdrCopy', key: 'cdr', copyKey: 'cdrCopy' },
  { dataClass: 'posture', bucket: 'posture', copy: 'postureCopy', key: 'posture', copyKey: 'postureCopy' },
];

/** Classes of data whose lock the config may strengthen. */
export const LOCKED_CLASSES: readonly DataClass[] = [...VAULTS.map(({ dataClass }) => dataClass), 'voicemail'];
