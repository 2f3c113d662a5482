import type { WebSocket } from 'ws';
import { z } from 'zod';

/**
 * Control messages of Asterisk's chan_websocket in its JSON form, as far as the agent hears them. DTMF_END is not among them:
 * keys that are meant for a tool come by the server's door, and others mean nothing to it, paused or not.
 */
const controlSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('MEDIA_START'),
    format: z.string(),
    optimal_frame_size: z.int().positive(),
    ptime: z.int().positive(),
    channel_variables: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ event: z.literal('MEDIA_XOFF') }),
  z.object({ event: z.literal('MEDIA_XON') }),
  z.object({ event: z.literal('MEDIA_MARK_PROCESSED'), correlation_id: z.string() }),
]);

export type Control = z.infer<typeof controlSchema>;
export type MediaStart = Extract<Control, { event: 'MEDIA_START' }>;

/** A message that the agent knows; others (status, errors, later versions' news) are none of its business. */
export function readControl(text: string): Control | undefined {
  try {
    return controlSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** chan_websocket takes at most 128 bytes. */
export const command = (name: string, correlationId?: string): string =>
  JSON.stringify({ command: name, ...(correlationId === undefined ? {} : { correlation_id: correlationId }) });

/** What a call's audio needs of its socket. */
export interface MediaLink {
  audio(frame: Uint8Array): void;
  mark(id: string): void;
  flush(): void;
  hangUp(): void;
}

export const mediaLink = (socket: WebSocket): MediaLink => ({
  audio: (frame) => socket.send(frame, { binary: true }),
  mark: (id) => socket.send(command('MARK_MEDIA', id)),
  flush: () => socket.send(command('FLUSH_MEDIA')),
  hangUp: () => socket.send(command('HANGUP')),
});

const RATES: Readonly<Record<string, number>> = { slin: 8000, slin16: 16_000 };

/** Of the audio both ways, Hz; undefined for a format that is no linear PCM. */
export const rateOf = ({ format }: MediaStart): number | undefined => RATES[format];
