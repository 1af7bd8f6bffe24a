// The explore page: filters above, the matrix, and a panel that gives each cell's reason and source.
import type { WireBlock } from '../wire.ts';
import { ApiError, api } from './api.ts';
import { byId, h } from './dom.ts';
import { applyFilter, type Matrix, OWNERS, valuesOf } from './matrix-filter.ts';
import { createGrid } from './matrix-grid.ts';
import { createPanel } from './panel.ts';

const place = { user: sessionStorage.getItem('person') ?? 'ada', channel: 'general' };

/** The cell that the address names: `#ec2/guest-os-patching`, a service alone or a control alone (`#/backups`). */
function addressed(matrix: Matrix) {
  const [service = '', control = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
  return {
    service: matrix.rows.findIndex(({ id }) => id === service),
    control: matrix.controls.findIndex(({ id }) => id === control),
  };
}

function run(matrix: Matrix): void {
  const idOf = (list: readonly { readonly id: string }[], index: number | undefined) => list[index ?? -1]?.id;
  const grid = createGrid(byId('grid'), matrix, (service, control) => {
    const names = [idOf(matrix.rows, service) ?? '', idOf(matrix.controls, control)];
    const hash = `#${names.filter((name) => name !== undefined).join('/')}`;
    if (location.hash === hash) follow();
    else location.hash = hash;
  });
  const panel = createPanel(matrix, place, () => {
    const { service, control } = addressed(matrix);
    history.replaceState(null, '', location.pathname);
    if (!grid.goTo(service, control, true)) byId('service').focus();
  });
  const follow = () => {
    const { service, control } = addressed(matrix);
    if (service < 0 && control < 0) return panel.close();
    if (service >= 0 && control >= 0) void panel.cell(service, control);
    else panel.list(service < 0 ? undefined : service, control < 0 ? undefined : control);
    // After the panel has taken its place, so that the cell is not under it.
    grid.goTo(service, control, false);
  };

  fill('group', valuesOf(matrix.rows.map(({ group }) => group)));
  fill('model', valuesOf(matrix.rows.map(({ model }) => model)));
  fill('control-group', valuesOf(matrix.controls.map(({ group }) => group)));
  const owners = Object.entries(OWNERS).map(([letter, { name, owner }]) => {
    const box = h('input', { type: 'checkbox', value: letter });
    return h('label', {}, box, h('span', { class: 'owner', 'data-owner': owner }, name));
  });
  byId('owners').append(...owners);

  const filters = byId<HTMLFormElement>('filters');
  const apply = () => {
    const chosen = new Set(
      [...filters.querySelectorAll<HTMLInputElement>('#owners :checked')].map((box) => box.value),
    );
    const shown = applyFilter(matrix, {
      service: entered('service'),
      group: entered('group'),
      model: entered('model'),
      control: entered('control'),
      controlGroup: entered('control-group'),
      owners: chosen,
    });
    grid.show(shown, chosen);
    const none = shown.rows.length === 0 || shown.columns.length === 0;
    byId('count').textContent = none
      ? 'Nothing matches: take a filter away.'
      : `${shown.rows.length} of ${matrix.rows.length} services, ${shown.columns.length} of ${matrix.controls.length} controls`;
  };
  filters.addEventListener('input', apply);
  filters.addEventListener('submit', (event) => event.preventDefault());
  filters.addEventListener('reset', () => setTimeout(apply));
  addEventListener('hashchange', follow);
  apply();
  follow();
}

function entered(id: string): string {
  return byId<HTMLInputElement | HTMLSelectElement>(id).value.trim();
}

function fill(id: string, values: readonly string[]): void {
  byId(id).append(...values.map((value) => h('option', { value }, value)));
  const field = byId(id).parentElement;
  if (field) field.hidden = values.length < 2;
}

function isMatrix(block: WireBlock): block is Matrix {
  return block.type === 'matrix';
}

try {
  const { blocks } = await api.view('matrix', place);
  const matrix = blocks.find(isMatrix);
  if (matrix === undefined)
    throw new ApiError('The matrix is not available just now: try again in a moment.');
  run(matrix);
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  byId('count').textContent = error.message;
}
