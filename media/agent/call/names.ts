import type { CHANNEL_VARIABLES, NEXT_VARIABLES } from '../../contract/agent-channel';

// An image is built from its folder alone; the types hold these to the contract.
export const CHANNEL: typeof CHANNEL_VARIABLES = {
  recorded: 'VOICECELL_RECORDED',
  callId: 'VOICECELL_CALL_ID',
  number: 'VOICECELL_NUMBER',
  callerChannel: 'VOICECELL_CALLER_CHANNEL',
  startedAt: 'VOICECELL_STARTED_AT',
};

export const NEXT: typeof NEXT_VARIABLES = {
  next: 'VOICECELL_NEXT',
  reason: 'VOICECELL_NEXT_REASON',
  context: 'VOICECELL_NEXT_CONTEXT',
  recording: 'VOICECELL_RECORDING',
};
