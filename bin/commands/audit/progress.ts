import type { Progress } from '../../../compliance/audit/live/live';

/** One line that is written over and over, where somebody watches. */
export function progressOn(watched: NodeJS.WritableStream | undefined): { readonly progress: Progress; end(): void } {
  const regions = new Map<string, string>();
  return {
    progress: (region, done, all) => {
      regions.set(region, `${region} ${done}/${all}`);
      watched?.write(`\r\u{1B}[K${[...regions.values()].join('  ')}`);
    },
    end: () => {
      watched?.write('\r\u{1B}[K');
    },
  };
}
