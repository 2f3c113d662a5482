/** How long the models take, ms. Replayed, so that what is measured is everything else. */
export interface Profile {
  readonly name: string;
  readonly source: string;
  /** Nobody has measured it. */
  readonly assumed: boolean;
  /** End of the audio to the words. */
  readonly stt: number;
  readonly firstToken: number;
  /** Between two words of the stream. */
  readonly word: number;
  /** Request to the first byte of speech. */
  readonly firstByte: number;
}

export const PROFILES: readonly Profile[] = [
  {
    name: 'nvidia-4xh100-8-streams',
    source:
      "NVIDIA's voice agent blueprint on 4xH100 at 8 streams: ASR 52, first token 62, first audio 66 ms; the pace of 10 ms a word is ours",
    assumed: false,
    stt: 52,
    firstToken: 62,
    word: 10,
    firstByte: 66,
  },
  {
    name: 'shipped-models',
    source: 'assumed for faster-whisper, an 8B model in vLLM and Kokoro on L4 and L40S: nobody has measured them',
    assumed: true,
    stt: 120,
    firstToken: 90,
    word: 14,
    firstByte: 100,
  },
];

/** Emulated one-way distance from the media server to the models, and the route it stands for. */
export interface Distance {
  readonly oneWayMs: number;
  readonly route: string;
}

/** Round trips of the routes as IBM publishes them for its data centres in the same cities (VPC network latency, August 2024). */
export const DISTANCES: readonly Distance[] = [
  { oneWayMs: 0.3, route: 'within one availability zone (the cell)' },
  { oneWayMs: 40, route: 'Washington DC to London or Frankfurt (round trips of 75 and 91 ms)' },
  { oneWayMs: 80, route: 'Washington DC to Tokyo (round trip of 164 ms)' },
];
export const FARTHEST = 80;
export const NEAREST = 0.3;

/** Caller to cell, one way; the same in every row. */
export const CALLER_MS = 20;

/**
 * `new-connections`: each stage is a request over a connection of its own, the turn's audio uploaded at the pause.
 * `streaming`: connections stay open, audio goes to speech-to-text while the caller speaks.
 */
export const TRANSPORTS = ['streaming', 'new-connections'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** What is spoken first: a clause of three words, or a sentence without a comma. */
export const REPLIES = {
  clause: { text: 'We are open, from nine until five.', wordsUntilSpoken: 4 },
  sentence: { text: 'We are open every day from nine. Good.', wordsUntilSpoken: 8 },
} as const;
export type ReplyKind = keyof typeof REPLIES;

/** Compute that no infrastructure can save: words are heard by the decision, the word after the cut shows where it ends. */
export const computeMs = ({ firstToken, word, firstByte }: Profile, reply: ReplyKind): number =>
  firstToken + (REPLIES[reply].wordsUntilSpoken - 1) * word + firstByte;
