import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DataClass } from '../regions/config/schema';

/** On a spool's volume, set by the node that could not empty it (`media/boot/adopt-spool.py`): why it is left to a person. */
export const SPOOL_FAULT_TAG = 'voicecell:spool-fault';

export type Tier = 'edge' | 'media' | 'stt' | 'llm' | 'tts' | 'data';

export interface VoicecellTags {
  readonly deployment?: string;
  /** AZ id of the cell. */
  readonly cell?: string;
  readonly tier?: Tier;
  /** `none` states that a store holds no call data; leaving it out is a finding. */
  readonly dataClass?: DataClass | 'weights' | 'image' | 'none';
}

/** Puts the `voicecell:*` tags that checks and the audit read on a construct and all below it. */
export function tag(construct: IConstruct, tags: VoicecellTags): void {
  if (tags.deployment) Tags.of(construct).add('voicecell:deployment', tags.deployment);
  if (tags.cell) Tags.of(construct).add('voicecell:cell', tags.cell);
  if (tags.tier) Tags.of(construct).add('voicecell:tier', tags.tier);
  if (tags.dataClass) Tags.of(construct).add('voicecell:data-class', tags.dataClass);
}
