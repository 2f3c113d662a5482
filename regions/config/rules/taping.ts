import type { Framework } from '../schema';
import { inEachRegion, when, type Rule } from './rule';

/** Frameworks whose firms record every call of theirs, also what their own people say in it. */
const RECORD_ALL: ReadonlySet<Framework> = new Set(['finra-taping']);

/** A call that the carrier takes elsewhere has no media node any more, and nobody records what the person says. */
export const recordingOutlastsTheTransfer = inEachRegion(({ queues }, _, { frameworks }) => {
  const demanding = frameworks.find((framework) => RECORD_ALL.has(framework));
  return queues.flatMap(({ how }, index) =>
    when(demanding !== undefined && how === 'refer', {
      path: ['queues', index, 'how'],
      allowed: `bridge under ${demanding}, which asks that the whole call is recorded: after refer the carrier has it, and the recording ends`,
      change: 'it to bridge, with queueNetwork',
    }),
  );
});

/** Whoever asks first whether it may record must not go on with those who say no. */
export const nobodyIsLeftUnrecorded: Rule = ({ frameworks, consent: { mode, onRefusal } }) => {
  const demanding = frameworks.find((framework) => RECORD_ALL.has(framework));
  return when(demanding !== undefined && mode.startsWith('explicit') && onRefusal !== 'hangup', {
    path: ['consent', 'onRefusal'],
    allowed: `hangup under ${demanding}, which asks that every call is recorded: whoever refuses would be spoken to unrecorded`,
    change: 'it to hangup, or consent.mode to notice or beep',
  });
};
