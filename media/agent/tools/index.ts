import type { CallSetup } from '../call/setup';
import type { ToolCall } from '../stages/types';
import { callTool, type ToolResult } from './call-tool';
import { collectDigits } from './digits';

/** Tool calls of one call of the telephone. */
export class Tools {
  private readonly setup: Pick<CallSetup, 'business' | 'callId' | 'control' | 'events' | 'log' | 'post'>;
  private readonly progress: () => void;

  public constructor(
    setup: Pick<CallSetup, 'business' | 'callId' | 'control' | 'events' | 'log' | 'post'>,
    progress: () => void,
  ) {
    this.setup = setup;
    this.progress = progress;
  }

  /** The answer for the model. */
  public async call(call: ToolCall, signal: AbortSignal): Promise<string> {
    const begun = performance.now();
    const { outcome, text } = await this.result(call, signal);
    const tookUs = Math.round((performance.now() - begun) * 1000);
    if (!signal.aborted) this.setup.events.say({ event: 'tool.called', tool: this.nameOf(call), outcome, tookUs });
    this.progress();
    return text;
  }

  private async result(call: ToolCall, signal: AbortSignal): Promise<ToolResult> {
    const tool = this.setup.business.tools.find(({ name }) => name === call.name);
    if (!tool) return { outcome: 'refused', text: 'There is no such tool.' };
    const { post } = this.setup;
    const request = { callId: this.setup.callId, tool, arguments: call.arguments, signal };
    if (!tool.takesDigits) return await callTool(request, post);
    return await callTool({ ...request, digits: await this.digits(signal) }, post);
  }

  /** A model may invent a name; an event says only declared ones. */
  private nameOf({ name }: ToolCall): string {
    return this.setup.business.tools.some((tool) => tool.name === name) ? name : 'undeclared';
  }

  private async digits(signal: AbortSignal): Promise<string> {
    const { control, log } = this.setup;
    await control.recording('pause');
    try {
      return await collectDigits(control, signal, this.progress);
    } finally {
      await control.recording('resume').catch(log);
    }
  }
}
