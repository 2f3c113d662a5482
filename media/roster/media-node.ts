import { ECSClient } from '@aws-sdk/client-ecs';
import { beat } from './heartbeat';
import { clientFor, lifeIn } from './lifecycle/aws';
import { Life } from './lifecycle/life';
import { readEnv } from './lifecycle/settings';
import { watch } from './lifecycle/watch';
import { tellLeaving } from './media/leaving';
import { restOf } from './media/rest';
import { mediaSettings } from './media/settings';

/** Beside the media server: holds its task and node while calls last and the spool is not empty. */
const log = {
  print: (line: string): void => console.log(line),
  warn: (message: string): void => console.error(message),
};
const settings = readEnv(process.env, mediaSettings);
const life = new Life(lifeIn(new ECSClient(clientFor(settings.region)), settings, log), {
  tellLeaving: (leaving) => Promise.resolve(tellLeaving(settings.leavingFile, leaving)),
  rest: () => restOf(settings.doors),
});

// What an earlier task left behind is no word about this one.
tellLeaving(settings.leavingFile, false);
void watch({
  look: async () => {
    await life.look().catch((error: Error) => log.warn(`lifecycle: ${error.message}`));
    beat();
  },
  stop: () => life.stop(),
  get isOver() {
    return life.isOver;
  },
});
