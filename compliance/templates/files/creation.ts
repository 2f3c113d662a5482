import path from 'node:path';
import type { Location } from '../../audit/posture';
import { asList, isRecord, type Resource } from '../template-set';
import { jsonIn } from './assembly';
import type { Reader } from './reader';

/** Where the constructs of an assembly were made, as far as the CDK noted it and it is below the working directory. */
export class Creations {
  private readonly reader: Reader;
  private readonly known = new Map<unknown, ReadonlyMap<string, Location>>();
  /** Undefined for a frame that is not the user's own: few are in the traces of a whole assembly. */
  private readonly frames = new Map<string, Location | undefined>();

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /** @param metadata in the manifest, or the path of a file */
  of({ body, logicalId, stack }: Resource, metadata: unknown): Location | undefined {
    const places = this.known.get(metadata) ?? this.placesIn(metadata);
    this.known.set(metadata, places);
    const written = body.Metadata?.['aws:cdk:path'];
    const byPath = typeof written === 'string' ? places.get(`/${written}`) : undefined;
    // The notes on a nested stack are among those of its parent, whose logical ids may be the same.
    return byPath ?? (stack.parent ? undefined : places.get(logicalId));
  }

  private placesIn(metadata: unknown): ReadonlyMap<string, Location> {
    const notes = typeof metadata === 'string' ? jsonIn(this.reader, metadata) : metadata;
    const places = new Map<string, Location>();
    for (const [construct, entries] of Object.entries(isRecord(notes) ? notes : {})) {
      const own = asList(entries).filter(isRecord);
      const place = own.flatMap((entry) => this.placeIn(entry['trace'] ?? entry['data']) ?? []).at(0);
      const id = own.find(({ type }) => type === 'aws:cdk:logicalId')?.['data'];
      if (!place) continue;
      places.set(construct, place);
      if (typeof id === 'string') places.set(id, place);
    }
    return places;
  }

  /** The innermost frame that is the user's own. */
  private placeIn(trace: unknown): Location | undefined {
    for (const frame of asList(trace)) {
      const text = String(frame);
      if (!this.frames.has(text)) this.frames.set(text, this.locationIn(text));
      const own = this.frames.get(text);
      if (own) return own;
    }
    return undefined;
  }

  private locationIn(frame: string): Location | undefined {
    const [, file = '', line] = /(?:^|\(|\s)(\/[^()]+|[A-Za-z]:\\[^()]+):(\d+):\d+\)?$/.exec(frame) ?? [];
    const named = this.reader.named(file);
    return line && !path.isAbsolute(named) && !named.includes('node_modules')
      ? { file: named, line: Number(line) }
      : undefined;
  }
}
