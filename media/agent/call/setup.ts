import type { BusinessFunction } from '../functions/schema';
import type { Phrases } from '../functions/phrases';
import type { Llm, Stt, Tts } from '../stages/types';
import type { TurnRules } from '../turn/machine';
import type { Vad } from '../vad';
import type { MediaLink } from './chan-websocket';
import type { CallControl } from './control';
import type { Patience } from './cover';
import type { CallEvents } from './events';
import type { PlayoutFormat } from './playout';
import type { Transcript } from './transcript';
import type { VoiceBox } from './voice-box';

/** Everything a call needs, put together in one place. */
export interface CallSetup {
  readonly callId: string;
  readonly business: BusinessFunction;
  readonly phrases: Phrases;
  readonly voice: string;
  readonly link: MediaLink;
  readonly format: PlayoutFormat;
  readonly vad: Vad;
  readonly rules: TurnRules;
  readonly patience: Patience;
  readonly stt: Stt;
  readonly llm: Llm;
  readonly tts: Tts;
  readonly voiceBox: VoiceBox;
  readonly control: CallControl;
  /** The way to tools. */
  readonly post: typeof fetch;
  readonly events: CallEvents;
  /** @default nothing is kept of what was said */
  readonly transcript?: Transcript;
  readonly onRoundTrip: (ms: number) => void;
  readonly log: (error: unknown) => void;
}
