import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const MEDIA = path.join(__dirname, '..', '..', 'media');

export interface Dockerfile {
  /** As image references name it: `edge/kamailio`. */
  readonly folder: string;
  readonly directory: string;
  /** Instructions in order, without comments and line ends. */
  readonly steps: readonly { readonly name: string; readonly rest: string }[];
}

/** Every Dockerfile of the kit. */
export const dockerfiles = (): Dockerfile[] =>
  readdirSync(MEDIA, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'Dockerfile' && !file.includes('node_modules'))
    .map((file) => read(path.dirname(file)))
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));

function read(folder: string): Dockerfile {
  const directory = path.join(MEDIA, folder);
  const lines = readFileSync(path.join(directory, 'Dockerfile'), 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
  return {
    folder,
    directory,
    steps: lines.map((line) => {
      const [name = '', ...rest] = line.split(' ');
      return { name, rest: rest.join(' ') };
    }),
  };
}

/** Debian packages that it installs, in all its stages. */
export const packagesOf = ({ steps }: Dockerfile): string[] =>
  steps.flatMap(({ name, rest }) =>
    name === 'RUN'
      ? Array.from(rest.matchAll(/apt-get install ([^&]+)/g), ([, words = '']) => words)
          .flatMap((words) => words.trim().split(/\s+/))
          .filter((word) => !word.startsWith('--'))
      : [],
  );

/** What it copies from its folder; `flags` of each. */
export const copiesOf = ({
  steps,
}: Dockerfile): { readonly sources: string[]; readonly to: string; readonly flags: string[] }[] =>
  steps
    .filter(({ name, rest }) => name === 'COPY' && !rest.includes('--from='))
    .map(({ rest }) => {
      const words = rest.split(/\s+/);
      const paths = words.filter((word) => !word.startsWith('--'));
      return {
        sources: paths.slice(0, -1),
        to: paths.at(-1) ?? '',
        flags: words.filter((word) => word.startsWith('--')),
      };
    });
