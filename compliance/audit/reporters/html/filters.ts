import { STATUSES } from '../../posture';
import { html, type Markup } from './markup';
import type { Page } from './page';
import { authorityLabel, STATUS_SIGNS } from './words';

/** What narrows the matrix and the findings; shown by the page's script, without which it would do nothing. */
export function filters({ columns, authorities, posture }: Page): Markup {
  const regions = [...new Set(columns.flatMap(({ region }) => region ?? []))].toSorted();
  const units = [...new Set(columns.map(({ unit }) => unit))];
  const present = STATUSES.filter((status) => posture.summary[status] > 0);
  return html`<form id="filters" class="filters scripted" hidden role="search" aria-label="Narrow what is shown">
    <label class="search"
      >Search <input type="search" name="text" placeholder="control, resource, message" autocomplete="off"
    /></label>
    ${
      units.length > 1
        ? choice(
            'unit',
            'Audited',
            units.map((unit) => [unit, unit]),
          )
        : undefined
    }
    ${choice(
      'region',
      'Region',
      regions.map((region) => [region, region]),
    )}
    ${choice(
      'framework',
      'Framework',
      authorities.map((authority, index) => [String(index), authorityLabel(authority)]),
    )}
    <fieldset>
      <legend>Status</legend>
      ${present.map(
        (status) =>
          html`<label class="pick ${status}"
            ><input type="checkbox" name="status" value="${status}" checked /><span aria-hidden="true"
              >${STATUS_SIGNS[status].symbol}</span
            >
            ${STATUS_SIGNS[status].label}</label
          >`,
      )}
    </fieldset>
    <button type="reset">Show all</button>
  </form>`;
}

const choice = (name: string, label: string, options: readonly (readonly [string, string])[]): Markup =>
  html`<label
    >${label}
    <select name="${name}">
      <option value="">all</option>
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select></label
  >`;
