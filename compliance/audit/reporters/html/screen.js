'use strict';
// The report is whole without it: this narrows, unfolds and moves between cells. Text from the posture is only ever set as text.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const made = (tag, text = '', className = '') => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
};

const heads = all('#matrix .regions th').slice(1);
const columns = heads.map(({ dataset }) => ({ unit: dataset.unit, region: dataset.region }));
const severalUnits = new Set(columns.map(({ unit }) => unit)).size > 1;
const nameOf = (index) => {
  const { unit, region } = columns[index];
  return `${severalUnits ? `${unit} ` : ''}${region || 'the whole'}`;
};

// Where passing findings are.
let parsed;
const data = () => (parsed ??= JSON.parse(one('#places-data').textContent));
const textsOf = (place) => data().places[place].map((string) => data().strings[string]);
const CLASSES = ['stack', 'code', 'type', 'path', 'file'];

function placeItem(place) {
  const item = made('li');
  for (const [index, text] of textsOf(place).entries())
    if (text) item.append(CLASSES[index] === 'code' ? made('code', text) : made('span', text, CLASSES[index]), ' ');
  return item;
}

function layOut(details) {
  const spots = data().groups[Number(details.dataset.places)];
  const parts = spots.flatMap(([at, places]) => {
    const list = made('ul');
    list.append(...places.map(placeItem));
    return [made('h5', at.map(nameOf).join(', ')), ...(places.length > 0 ? [list] : [])];
  });
  one('p', details)?.replaceWith(...parts);
  delete details.dataset.places;
}

document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target.open && target.dataset?.places) layOut(target);
  },
  true,
);

// Narrowing.
const form = one('#filters');
const controls = all('details.control').map((element) => ({
  element,
  row: one(`#matrix tr[data-row="${element.dataset.row}"]`),
  groups: all('.group', element).map((group) => ({
    element: group,
    status: group.dataset.status,
    columns: group.dataset.columns.split(' ').map(Number),
    frameworks: group.dataset.frameworks.split(' '),
  })),
}));
const rows = all('#matrix tr[data-row]');

function searchable(group, control) {
  const number = one('details[data-places]', group.element)?.dataset.places;
  const places = number ? data().groups[Number(number)].flatMap(([, of]) => of.flatMap(textsOf)) : [];
  return [one('summary', control.element).textContent, group.element.textContent, ...places].join('\n').toLowerCase();
}

function wanted() {
  const values = new FormData(form);
  const [text, unit = '', region, framework] = ['text', 'unit', 'region', 'framework'].map(
    (name) => values.get(name) ?? '',
  );
  return {
    text: text.trim().toLowerCase(),
    framework,
    statuses: new Set(values.getAll('status')),
    isWhole: !text.trim() && !unit && !region && !framework && !one('[name=status]:not(:checked)', form),
    shown: columns.map((column) => (!unit || column.unit === unit) && (!region || column.region === region)),
  };
}

function fits(group, control, { text, framework, statuses, shown }) {
  if (!statuses.has(group.status)) return false;
  if (framework && !group.frameworks.includes(framework)) return false;
  if (!group.columns.some((column) => shown[column])) return false;
  if (!text) return true;
  group.text ??= searchable(group, control);
  return group.text.includes(text);
}

function narrow() {
  const asked = wanted();
  const kept = new Set();
  for (const control of controls) {
    for (const group of control.groups) group.element.hidden = !fits(group, control, asked);
    const isShown = control.groups.some(({ element }) => !element.hidden);
    control.element.hidden = !isShown;
    if (isShown) kept.add(control.row);
  }
  for (const row of rows) row.hidden = !asked.isWhole && !kept.has(row);
  for (const part of all('#matrix tbody')) part.hidden = !one('tr[data-row]:not([hidden])', part);
  for (const section of all('.of-status')) section.hidden = !one('details.control:not([hidden])', section);
  showColumns(asked.shown);
  one('#shown').textContent = asked.isWhole ? '' : `${kept.size} of ${controls.length} controls shown`;
  rove();
}

let lastShown = '';
function showColumns(shown) {
  const key = shown.join();
  if (key === lastShown) return;
  lastShown = key;
  for (const line of [one('#matrix .regions'), ...rows])
    for (const [index, isShown] of shown.entries()) line.cells[index + 1].hidden = !isShown;
  for (const head of all('#matrix .units th')) {
    const of = shown.filter((isShown, index) => isShown && columns[index].unit === head.dataset.unit).length;
    head.hidden = of === 0;
    head.colSpan = Math.max(1, of);
  }
}

let waiting;
const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(narrow, 120);
};
form.addEventListener('input', ({ target }) => (target.name === 'text' ? soon() : narrow()));
form.addEventListener('reset', () => setTimeout(narrow));
form.addEventListener('submit', (event) => event.preventDefault());

// The matrix is one stop of the tab key; arrows move inside.
const table = one('#matrix table');
let stop;
const isSeen = (cell) => cell && !cell.hidden && !cell.parentElement.hidden && !cell.closest('tbody').hidden;

function rove(
  link = stop && isSeen(stop.closest('td')) ? stop : one('tr:not([hidden]) > td:not([hidden]) > a', table),
) {
  if (stop) stop.tabIndex = -1;
  stop = link;
  if (stop) stop.tabIndex = 0;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function next(cell, [down, right]) {
  let row = rows.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  for (;;) {
    row += down;
    column += right;
    const found = rows[row]?.cells[column];
    if (!found) return undefined;
    const link = isSeen(found) && one('a', found);
    if (link) return link;
  }
}

table.addEventListener('keydown', (event) => {
  const cell = event.target.closest('td, tr[data-row] > th');
  const step = STEPS[event.key];
  if (!cell || !step) return;
  const link = next(cell, step);
  if (!link) return;
  event.preventDefault();
  if (link.closest('td')) rove(link);
  link.focus();
});

// What leads to a control opens it, at the region of the cell.
function reveal(anchor, column) {
  const control = one(`#${CSS.escape(anchor)}`)?.closest('details.control');
  if (!control) return;
  if (control.hidden) form.reset();
  control.open = true;
  for (const group of all('.group.sought')) group.classList.remove('sought');
  if (column === undefined) return;
  for (const group of all('.group', control))
    group.classList.toggle('sought', group.dataset.columns.split(' ').includes(String(column)));
}

table.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  const inside = link && document.getElementById(link.hash.slice(1));
  if (!inside) return;
  const cell = link.closest('td');
  if (cell) rove(link);
  reveal(inside.id, cell ? cell.cellIndex - 1 : undefined);
  // By itself the browser would go there and leave the focus behind.
  event.preventDefault();
  history.pushState(null, '', link.hash);
  inside.scrollIntoView();
  one('summary', inside.parentElement).focus({ preventScroll: true });
});
addEventListener('hashchange', () => reveal(location.hash.slice(1)));

// Paper shows what is open.
let unfolded = [];
addEventListener('beforeprint', () => {
  const open = ['unmet', 'indeterminate', 'waived'];
  const folded = open.flatMap((status) =>
    all(`details.control.${status}:not([open]), .group.${status} > details:not([open])`),
  );
  unfolded = [...folded, ...all('.limits details:not([open])')];
  for (const details of unfolded) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of unfolded) details.open = false;
  unfolded = [];
});

const theme = one('#theme');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (prefersDark.matches ? 'dark' : 'light')) === 'dark';
const nameTheme = () => (theme.textContent = isDark() ? 'Light' : 'Dark');
theme.addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  nameTheme();
});
prefersDark.addEventListener('change', nameTheme);

for (const element of all('.scripted')) element.hidden = false;
nameTheme();
rove();
if (location.hash) reveal(location.hash.slice(1));
