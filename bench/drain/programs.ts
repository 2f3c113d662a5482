import { buildSync } from 'esbuild';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { buildAgent } from '../../lab/agent';

const MEDIA = path.join(__dirname, '..', '..', 'media');

/** Folders of the programs, built as their images build them: to be run by Node alone. */
export interface Programs {
  readonly agent: string;
  readonly recorder: string;
  readonly roster: string;
  readonly server: string;
}

export function build(folder: string): Programs {
  const at = (name: string) => path.join(folder, name);
  buildAgent(at('agent'));
  bundle('recorder', ['main'], at('recorder'));
  bundle('roster', ['main', 'media-node'], at('roster'));
  buildServer(at('server'));
  return { agent: at('agent'), recorder: at('recorder'), roster: at('roster'), server: at('server') };
}

function bundle(tier: string, programs: readonly string[], outdir: string): void {
  const entryPoints = programs.map((name) => path.join(MEDIA, tier, `${name}.ts`));
  buildSync({ entryPoints, outdir, bundle: true, platform: 'node', target: 'node20' });
}

/** Its image has Node strip the types, which not every Node does; it looks for its files beside itself. */
function buildServer(folder: string): void {
  const main = path.join(MEDIA, 'server', 'main.ts');
  buildSync({
    entryPoints: [main],
    outfile: path.join(folder, 'main.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  for (const name of ['etc', 'prompts'])
    cpSync(path.join(MEDIA, 'server', name), path.join(folder, name), { recursive: true });
}
