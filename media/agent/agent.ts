import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { samplesOf } from './audio/pcm';
import { type Control, type MediaStart, mediaLink, rateOf, readControl } from './call/chan-websocket';
import { DoorControl } from './call/control';
import { Conversation } from './call/conversation';
import { type Patience, PATIENCE } from './call/cover';
import { CallEvents } from './call/events';
import { CHANNEL } from './call/names';
import { Transcript, transcriptFile } from './call/transcript';
import { VoiceBox } from './call/voice-box';
import { voiceFor } from './call/voices';
import type { Config } from './config';
import { phrasesFor } from './functions/phrases';
import type { BusinessFunction } from './functions/schema';
import { Service } from './pool/service';
import { openAiLlm } from './stages/llm';
import { oneShotStt } from './stages/stt-oneshot';
import { streamingStt } from './stages/stt-streaming';
import { openAiTts } from './stages/tts';
import type { Llm, Stt, Tts } from './stages/types';
import { byProxy } from './tools/proxy';
import { TURN_RULES } from './turn/machine';
import { makeVads } from './vad/make';
import type { Vad } from './vad';

export interface AgentOutput {
  readonly line: (text: string) => void;
  readonly roundTrip: (ms: number) => void;
  readonly callsChanged: (calls: number) => void;
}

const PATH = '/audio';
/** A frame of 20 ms has 640 bytes; nothing Asterisk sends is longer than a few. */
const LONGEST_MESSAGE = 65_536;
const START_WITHIN_MS = 2_000;
const RETRY_PHRASES_MS = 5_000;
const SOME_VOICE = 'af_heart';

/** The calls of one process. */
export class Agent {
  private readonly config: Config;
  private readonly cap: number;
  private readonly output: AgentOutput;
  private readonly patience: Patience;
  private readonly services: readonly Service[];
  private readonly stt: Stt;
  private readonly llm: Llm;
  private readonly tts: Tts;
  private readonly voiceBox: VoiceBox;
  private readonly newVad: () => Vad;
  private readonly post: typeof fetch;
  private readonly server: WebSocketServer;
  private readonly sockets = new Set<WebSocket>();
  private readonly stopped = new AbortController();

  public constructor(config: Config, cap: number, output: AgentOutput, patience = PATIENCE) {
    this.patience = patience;
    this.config = config;
    this.cap = cap;
    this.output = output;
    const [stt, llm, tts] = [new Service(config.STT_URL), new Service(config.LLM_URL), new Service(config.TTS_URL)];
    this.services = [stt, llm, tts];
    const sttOptions = { model: config.STT_MODEL, timeoutMs: config.STT_TIMEOUT_MS };
    this.stt = (config.STT_TRANSPORT === 'http' ? oneShotStt : streamingStt)(stt, sttOptions);
    this.llm = openAiLlm(llm, { model: config.LLM_MODEL, timeoutMs: config.LLM_TIMEOUT_MS });
    const { TTS_MODEL: model, TTS_SAMPLE_RATE: sampleRate, TTS_TIMEOUT_MS: timeoutMs } = config;
    this.tts = openAiTts(tts, { model, sampleRate, timeoutMs });
    this.voiceBox = new VoiceBox(this.tts);
    this.newVad = makeVads(config.VAD);
    this.post = config.TOOL_PROXY === undefined ? fetch : byProxy(config.TOOL_PROXY);
    this.server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: LONGEST_MESSAGE,
      handleProtocols: (offered) => (offered.has('media') ? 'media' : false),
    });
  }

  public async start(): Promise<void> {
    await Promise.all(this.services.map((service) => service.start()));
    this.checkVoices();
    void this.makePhrases();
  }

  public stop(): void {
    this.stopped.abort();
    for (const service of this.services) service.stop();
    for (const socket of this.sockets) socket.terminate();
  }

  public get calls(): number {
    return this.sockets.size;
  }

  /** Handles an upgrade request, or refuses it: a call too many, or no call. */
  public upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = request.url !== PATH ? 404 : this.calls >= this.cap ? 503 : undefined;
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.server.handleUpgrade(request, socket, head, (media) => this.connected(media));
  }

  private connected(socket: WebSocket): void {
    this.sockets.add(socket);
    this.output.callsChanged(this.calls);
    const begun = new AbortController();
    const timer = setTimeout(() => socket.terminate(), START_WITHIN_MS);
    let call: Conversation | undefined;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) return call?.hear(samplesOf(data));
      const control = readControl(data.toString('utf8'));
      if (control?.event === 'MEDIA_START' && !call) {
        clearTimeout(timer);
        call = this.begin(socket, control);
      } else if (control && call) obey(call, control);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(timer);
      begun.abort();
      call?.close();
      this.sockets.delete(socket);
      this.output.callsChanged(this.calls);
    });
  }

  private begin(socket: WebSocket, start: MediaStart): Conversation | undefined {
    const { channel_variables: variables = {} } = start;
    const business = this.businessOf(variables[CHANNEL.number]);
    const rate = rateOf(start);
    if (!business || rate === undefined) {
      this.log(new Error(business ? `no format ${start.format}` : 'a call of no known number'));
      // No word on what is next: the media server apologises and transfers.
      socket.close(1008);
      return undefined;
    }
    const conversation = this.converse(socket, business, { ...start, rate, variables });
    conversation.greet();
    return conversation;
  }

  private converse(
    socket: WebSocket,
    business: BusinessFunction,
    start: MediaStart & { rate: number; variables: Record<string, string> },
  ): Conversation {
    const { config, output, voiceBox } = this;
    const callId = start.variables[CHANNEL.callId] ?? 'unknown';
    const startedAt = Number(start.variables[CHANNEL.startedAt]);
    const channel = start.variables[CHANNEL.callerChannel] ?? '';
    const isRecorded = start.variables[CHANNEL.recorded] === 'yes';
    const file = transcriptFile(config.SPOOL_DIRECTORY, { callId, isRecorded });
    return new Conversation({
      callId,
      business,
      phrases: phrasesFor(business.language),
      voice: this.voiceOf(business),
      link: mediaLink(socket),
      format: { rate: start.rate, frameBytes: start.optimal_frame_size, frameMs: start.ptime },
      vad: this.newVad(),
      rules: TURN_RULES,
      patience: this.patience,
      stt: this.stt,
      llm: this.llm,
      tts: this.tts,
      voiceBox,
      post: this.post,
      control: new DoorControl(config.SERVER_URL, config.SERVER_SECRET_FILE, channel),
      events: new CallEvents(callId, startedAt > 0 ? startedAt : undefined, output.line),
      ...(file === undefined ? {} : { transcript: new Transcript(file, (error) => this.log(error)) }),
      onRoundTrip: output.roundTrip,
      log: (error) => this.log(error),
    });
  }

  private businessOf(number: string | undefined): BusinessFunction | undefined {
    return this.config.NUMBERS.find((one) => one.number === number);
  }

  private readonly voiceOf = ({ voice, language }: BusinessFunction): string =>
    voice ?? voiceFor(language, this.config.TTS_VOICE) ?? SOME_VOICE;

  /** An engine reads any language with any voice, and sounds like nobody's. */
  private checkVoices(): void {
    for (const { voice, language, number } of this.config.NUMBERS)
      if (voice === undefined && voiceFor(language, this.config.TTS_VOICE) === undefined)
        this.log(new Error(`no voice for ${language} is known: give ${number} one, or TTS_VOICE`));
  }

  /** Greetings and fillers of every number, ahead of the first call. */
  private async makePhrases(): Promise<void> {
    const context = { signal: this.stopped.signal, onRetry: () => undefined };
    let missing = false;
    for (const business of this.config.NUMBERS) {
      const { greeting, filler, pardon } = phrasesFor(business.language);
      for (const text of [filler, business.greeting ?? greeting, pardon])
        await this.voiceBox.say(text, this.voiceOf(business), context).catch(() => (missing = true));
    }
    if (missing && !this.stopped.signal.aborted) setTimeout(() => void this.makePhrases(), RETRY_PHRASES_MS).unref();
  }

  private log(error: unknown): void {
    const message = error instanceof Error ? error.message : 'unknown';
    this.output.line(JSON.stringify({ tier: 'agent', level: 'error', at: new Date().toISOString(), message }));
  }
}

function obey(call: Conversation, control: Control): void {
  if (control.event === 'MEDIA_MARK_PROCESSED') call.playout.onMark(control.correlation_id);
  else if (control.event === 'MEDIA_XOFF') call.playout.hold(true);
  else if (control.event === 'MEDIA_XON') call.playout.hold(false);
}
