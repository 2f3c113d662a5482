import type { Place, Spot } from './groups';
import { trusted, type Markup } from './markup';

/**
 * Where the passing findings are: too many to print, so the page's script lays them out when somebody asks. Strings and
 * places are written once and meant by number.
 */
export class PlacesData {
  private readonly strings = new Map<string, number>();
  private readonly places = new Map<string, number>();
  private readonly groups: [readonly number[], readonly number[]][][] = [];

  /** Keeps the places of a group, and returns its number. */
  add(spots: readonly Spot[]): number {
    this.groups.push(spots.map(({ columns, places }) => [columns, places.map((place) => this.placed(place))]));
    return this.groups.length - 1;
  }

  /** A block of data in the page, which no parser of markup ends early. */
  block(): Markup {
    const places = [...this.places.keys()].map((place) => JSON.parse(place) as readonly number[]);
    const json = JSON.stringify({ strings: [...this.strings.keys()], places, groups: this.groups });
    return trusted(
      `<script type="application/json" id="places-data">${json.replaceAll('<', String.raw`\u003c`)}</script>`,
    );
  }

  private placed({ stack, resource, type, path, location }: Place): number {
    const file = location && `${location.file}:${location.line}`;
    const texts = [stack, resource, type, path, file].map((text) => numberOf(this.strings, text ?? ''));
    return numberOf(this.places, JSON.stringify(texts));
  }
}

function numberOf(known: Map<string, number>, text: string): number {
  const number = known.get(text) ?? known.size;
  known.set(text, number);
  return number;
}
