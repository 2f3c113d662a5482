import { canonical } from '../../canonical';
import type { Drifted } from '../../posture';
import { columnName, type Column } from './columns';
import type { Group, Place, Spot } from './groups';
import { html, type Markup } from './markup';
import { counted, grouped } from './words';

/** So many are read at once; more are folded away. */
const FEW = 8;

/** Where open findings are, each place in full. */
export function openPlaces(group: Group, columns: readonly Column[]): Markup {
  const lists = group.spots.map((spot) => spotted(spot, columns));
  const drifts = group.spots.some(({ places }) => places.some(({ drift }) => drift !== undefined));
  return html`<details class="places" ${drifts || group.count <= FEW ? OPEN : undefined}>
    <summary>${summary(group, columns)}</summary>
    ${lists}
  </details>`;
}

const OPEN = html` open`;

/** Where passing findings are: how many in which region, until the page's script lays them out. */
export const passingPlaces = (group: Group, columns: readonly Column[], number: number): Markup =>
  html`<details class="places" data-places="${number}">
    <summary>${summary(group, columns)}</summary>
    <p>
      ${group.spots.map(
        ({ columns: at, places }) =>
          html`${names(at, columns)}${places.length > 0 ? ` (${grouped(places.length)})` : ''}. `,
      )}
    </p>
  </details>`;

function summary({ count, spots }: Group, columns: readonly Column[]): string {
  const regions = new Set(spots.flatMap((spot) => spot.columns.flatMap((index) => columns[index]?.region ?? [])));
  return `${counted(count, 'place')}${regions.size > 1 ? ` in ${counted(regions.size, 'region')}` : ''}`;
}

const names = (at: readonly number[], columns: readonly Column[]): string =>
  at
    .flatMap((index) => columns[index] ?? [])
    .map((column) => columnName(column, columns))
    .join(', ');

const spotted = ({ columns: at, places }: Spot, columns: readonly Column[]): Markup =>
  html`<h5>${names(at, columns)}</h5>
    ${
      places.length > 0
        ? html`<ul>
            ${places.map(placed)}
          </ul>`
        : undefined
    }`;

const placed = ({ stack, resource, type, path, location, drift }: Place): Markup =>
  html`<li>
    ${stack === undefined ? undefined : html`<span class="stack">${stack}</span> `}${
      resource === undefined ? undefined : html`<code>${resource}</code> `
    }${type === undefined ? undefined : html`<span class="type">${type}</span> `}${
      path === undefined ? undefined : html`<span class="path">${path}</span> `
    }${location ? html`<span class="file">${location.file}:${location.line}</span>` : undefined}${
      drift ? drifted(drift) : undefined
    }
  </li> `;

const drifted = (drift: readonly Drifted[]): Markup =>
  html`<table class="drift">
    <caption>
      Differs from the template
    </caption>
    <thead>
      <tr>
        <th scope="col">Property</th>
        <th scope="col">Template</th>
        <th scope="col">Live</th>
      </tr>
    </thead>
    <tbody>
      ${drift.map(
        ({ property, template, live }) =>
          html`<tr>
            <th scope="row">${property}</th>
            <td>${value(template)}</td>
            <td>${value(live)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const value = (of: unknown): Markup =>
  of === undefined ? html`<em>nothing</em>` : html`<code>${typeof of === 'string' ? of : canonical(of)}</code>`;
