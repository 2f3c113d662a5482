import { readFile } from 'node:fs/promises';
import { NEXT } from './names';

/** What the agent asks of the media server for its call. */
export interface CallControl {
  next(next: 'hangup' | 'transfer', reason: 'asked' | 'tool' | 'stage-down', context?: string): Promise<void>;
  recording(state: 'pause' | 'resume'): Promise<void>;
  /** Keys pressed while paused, each once. */
  takeDigits(): Promise<string>;
}

const TIMEOUT_MS = 1_000;
/** A header's worth. */
const LONGEST_CONTEXT = 120;

/** By the media server's door on loopback; whoever asks shows the secret of this boot. */
export class DoorControl implements CallControl {
  private readonly url: string;
  private readonly secretFile: string;
  private readonly channel: string;

  public constructor(url: string, secretFile: string, channel: string) {
    this.url = url;
    this.secretFile = secretFile;
    this.channel = channel;
  }

  public async next(next: string, reason: string, context = ''): Promise<void> {
    await this.set(NEXT.reason, reason);
    if (context !== '') await this.set(NEXT.context, oneLine(context));
    await this.set(NEXT.next, next);
  }

  public async recording(state: string): Promise<void> {
    await this.set(NEXT.recording, state);
  }

  public async takeDigits(): Promise<string> {
    const response = await this.post('digits');
    const { digits } = (await response.json()) as { digits?: string };
    return digits ?? '';
  }

  private async set(variable: string, value: string): Promise<void> {
    const query = new URLSearchParams({ variable, value }).toString();
    await this.post(`variable?${query}`);
  }

  private async post(path: string): Promise<Response> {
    const secret = (await readFile(this.secretFile, 'utf8')).trim();
    const response = await fetch(`${this.url}/channels/${this.channel}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`the media server answered ${response.status} to ${path.split('?')[0]}`);
    return response;
  }
}

/** Words of a model become a header: letters, digits and a few marks of any language's plain words. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{N} .,-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_CONTEXT);
