import { execFileSync } from 'node:child_process';
import path from 'node:path';

const SERVER = path.join(__dirname, '..', 'media', 'server');

/** The shipped prompts as audio, by the script that the image build runs. */
export function renderPrompts(directory: string): string {
  const out = path.join(directory, 'sounds');
  execFileSync(path.join(SERVER, 'render-prompts.sh'), [path.join(SERVER, 'prompts'), out]);
  return out;
}
