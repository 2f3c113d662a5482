import { type LifeSettings, type Take, lifeSettings } from '../lifecycle/settings';
import type { Doors } from './rest';

export interface MediaSettings extends LifeSettings {
  readonly doors: Doors;
  /** Is there while the node is to go. */
  readonly leavingFile: string;
}

export const mediaSettings = (take: Take): MediaSettings => ({
  ...lifeSettings(take),
  doors: {
    server: take('SERVER_URL'),
    serverSecretFile: take('SERVER_SECRET_FILE'),
    recorder: take('RECORDER_URL'),
  },
  leavingFile: take('LEAVING_FILE'),
});
