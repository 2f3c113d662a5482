import type { Folder } from './folder';
import type { ExportRequest, Fetched, Run } from './model';

/** Written line by line as things happen, so that a run that is cut off leaves what it did. */
export const CUSTODY = 'custody.jsonl';

type Event =
  | { readonly event: 'request'; readonly request: ExportRequest }
  | { readonly event: 'run'; readonly run: Run }
  | { readonly event: 'fetched'; readonly file: string; readonly sha256: string; readonly fetched: Fetched };

/** The chain of custody of a folder, over all runs into it. */
export class Custody {
  private readonly folder: Folder;
  private readonly events: Event[];
  private readonly isTorn: boolean;

  constructor(folder: Folder) {
    this.folder = folder;
    const text = folder.read(CUSTODY) ?? '';
    this.events = text.split('\n').flatMap(eventOf);
    this.isTorn = text !== '' && !text.endsWith('\n');
  }

  /** Why this folder takes no such request, one line; undefined when it does. */
  problem(request: ExportRequest): string | undefined {
    const [first] = this.events;
    if (!first) return undefined;
    const same = first.event === 'request' && JSON.stringify(first.request) === JSON.stringify(request);
    return same
      ? undefined
      : `--resume: got another request than that of ${this.folder.place}, allowed the same, change --out or the request`;
  }

  begin(request: ExportRequest, run: Run): void {
    if (this.isTorn) this.folder.append(CUSTODY, '\n');
    if (this.events.length === 0) this.note({ event: 'request', request });
    this.note({ event: 'run', run });
  }

  fetched(file: string, sha256: string, fetched: Fetched): void {
    this.note({ event: 'fetched', file, sha256, fetched });
  }

  runs(): Run[] {
    return this.events.flatMap((one) => (one.event === 'run' ? [one.run] : []));
  }

  /** Who brought these very bytes, of whatever run. */
  whoFetched(file: string, sha256: string): Fetched | undefined {
    const last = this.events.findLast((one) => one.event === 'fetched' && one.file === file && one.sha256 === sha256);
    return last?.event === 'fetched' ? last.fetched : undefined;
  }

  private note(event: Event): void {
    this.events.push(event);
    this.folder.append(CUSTODY, `${JSON.stringify(event)}\n`);
  }
}

/** The last line of a run that was cut off may be half a line. */
function eventOf(line: string): Event[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as Event];
  } catch {
    return [];
  }
}
