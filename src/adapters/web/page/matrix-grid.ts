// The matrix as a grid of which only the rows in sight exist, with one place in the tab order (ARIA grid pattern).
import { h } from './dom.ts';
import { type Matrix, ownerAt, type Shown } from './matrix-filter.ts';

const ROW_PX = 34;
const SPARE_ROWS = 8;

/** Positions count what is shown; -1 is the header row or the header column. */
interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface MatrixGrid {
  show(shown: Shown, owners: ReadonlySet<string>): void;
  /** Brings a cell into sight and makes it the grid's place in the tab order; false where it is filtered out. */
  goTo(service: number, control: number, focus: boolean): boolean;
}

/** `open` gets indices of the matrix; one of them is undefined for a header. */
export function createGrid(
  grid: HTMLElement,
  matrix: Matrix,
  open: (service: number | undefined, control: number | undefined) => void,
): MatrixGrid {
  const head = h('div', { role: 'row', class: 'head', 'aria-rowindex': 1 });
  const rows = h('div', { role: 'rowgroup', class: 'rows' });
  grid.setAttribute('role', 'grid');
  grid.setAttribute('aria-label', 'Services by controls');
  grid.replaceChildren(h('div', { role: 'rowgroup', class: 'heads' }, head), rows);
  let shown: Shown = { rows: [], columns: [] };
  let owners: ReadonlySet<string> = new Set();
  let active: Cell = { row: 0, column: 0 };
  const built = new Map<number, HTMLElement>();

  const build = (position: number) => {
    const index = shown.rows[position] ?? 0;
    const label = matrix.rows[index]?.label ?? '';
    const row = h('div', { role: 'row', 'aria-rowindex': position + 2, 'data-row': position });
    row.style.top = `${position * ROW_PX}px`;
    const name = h(
      'div',
      { role: 'rowheader', 'aria-colindex': 1, tabindex: -1, 'data-column': -1, title: label },
      label,
    );
    const cells = shown.columns.map((control, column) => {
      const { name: owner, letter, owner: kind } = ownerAt(matrix, index, control);
      const dim = owners.size > 0 && !owners.has(matrix.rows[index]?.owners[control] ?? '-');
      return h(
        'div',
        {
          role: 'gridcell',
          'aria-colindex': column + 2,
          'aria-label': `${owner}: ${matrix.controls[control]?.label}, ${label}`,
          'data-owner': kind,
          'data-column': column,
          class: dim ? 'dim' : undefined,
          tabindex: -1,
        },
        letter,
      );
    });
    row.append(name, ...cells);
    return row;
  };

  /** Builds the rows that came into sight, and drops those that went; the one with the focus stays. */
  const render = () => {
    const first = Math.max(0, Math.floor(grid.scrollTop / ROW_PX) - SPARE_ROWS);
    const last = Math.min(
      shown.rows.length,
      Math.ceil((grid.scrollTop + grid.clientHeight) / ROW_PX) + SPARE_ROWS,
    );
    for (const [position, row] of built) {
      if ((position < first || position >= last) && position !== active.row) {
        row.remove();
        built.delete(position);
      }
    }
    for (let position = first; position < last; position++) ensure(position);
  };

  const ensure = (position: number) => {
    if (built.has(position) || position < 0 || position >= shown.rows.length) return;
    const row = build(position);
    const after = [...built.keys()].filter((other) => other > position).sort((a, b) => a - b)[0];
    rows.insertBefore(row, after === undefined ? null : (built.get(after) ?? null));
    built.set(position, row);
    if (position === active.row) element(active)?.setAttribute('tabindex', '0');
  };

  const element = ({ row, column }: Cell): HTMLElement | null => {
    const parent = row < 0 ? head : built.get(row);
    return parent?.querySelector<HTMLElement>(`[data-column="${column}"]`) ?? null;
  };

  const activate = (cell: Cell, focus: boolean) => {
    element(active)?.setAttribute('tabindex', '-1');
    active = {
      row: Math.min(Math.max(cell.row, -1), shown.rows.length - 1),
      column: Math.min(Math.max(cell.column, -1), shown.columns.length - 1),
    };
    ensure(active.row);
    const target = element(active);
    target?.setAttribute('tabindex', '0');
    if (focus) target?.focus({ preventScroll: true });
    scrollTo(active);
    render();
  };

  /** The sticky headers cover a part of the grid: scroll so that the cell is clear of them. */
  const scrollTo = ({ row, column }: Cell) => {
    const target = element({ row, column });
    if (!target) return;
    const left = grid.querySelector<HTMLElement>('.corner')?.offsetWidth ?? 0;
    if (row >= 0) {
      const bottom = (row + 1) * ROW_PX - (grid.clientHeight - head.offsetHeight);
      grid.scrollTop = Math.min(Math.max(grid.scrollTop, bottom), row * ROW_PX);
    }
    if (column >= 0) {
      const right = target.offsetLeft + target.offsetWidth - grid.clientWidth;
      grid.scrollLeft = Math.min(Math.max(grid.scrollLeft, right), target.offsetLeft - left);
    }
  };

  const moves: Readonly<Record<string, (cell: Cell, far: boolean) => Cell>> = {
    ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
    ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
    ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
    ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
    Home: ({ row }, far) => ({ row: far ? 0 : row, column: 0 }),
    End: ({ row }, far) => ({ row: far ? Infinity : row, column: Infinity }),
    PageUp: ({ row, column }) => ({ row: Math.max(0, row - pageRows()), column }),
    PageDown: ({ row, column }) => ({ row: row + pageRows(), column }),
  };
  const pageRows = () => Math.max(1, Math.floor((grid.clientHeight - head.offsetHeight) / ROW_PX) - 1);

  const cellOf = (target: EventTarget | null): Cell | undefined => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
    const row = cell?.closest<HTMLElement>('[data-row]')?.dataset.row ?? '-1';
    return cell ? { row: Number(row), column: Number(cell.dataset.column) } : undefined;
  };
  const openAt = ({ row, column }: Cell) => open(shown.rows[row], shown.columns[column]);

  grid.addEventListener('scroll', () => requestAnimationFrame(render), { passive: true });
  new ResizeObserver(render).observe(grid);
  grid.addEventListener('click', (event) => {
    const cell = cellOf(event.target);
    if (cell === undefined) return;
    activate(cell, true);
    openAt(cell);
  });
  grid.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    if (move) activate(move(active, event.ctrlKey || event.metaKey), true);
    else if (event.key === 'Enter' || event.key === ' ') openAt(active);
    else return;
    event.preventDefault();
  });

  return {
    show(next, nextOwners) {
      shown = next;
      owners = nextOwners;
      built.clear();
      grid.setAttribute('aria-rowcount', String(shown.rows.length + 1));
      grid.setAttribute('aria-colcount', String(shown.columns.length + 1));
      grid.style.setProperty('--columns', String(shown.columns.length));
      rows.style.height = `${shown.rows.length * ROW_PX}px`;
      rows.replaceChildren();
      head.replaceChildren(...headers(matrix, shown));
      grid.scrollTo({ top: 0, left: 0 });
      activate({ row: 0, column: 0 }, false);
      render();
    },
    goTo(service, control, focus) {
      const cell = { row: shown.rows.indexOf(service), column: shown.columns.indexOf(control) };
      if (cell.row < 0 && cell.column < 0) return false;
      // A row that comes from elsewhere is shown with its neighbours, not at the edge.
      const sight = grid.clientHeight - head.offsetHeight;
      const top = cell.row * ROW_PX - grid.scrollTop;
      if (top < 0 || top > sight - ROW_PX) grid.scrollTop = cell.row * ROW_PX - sight / 2;
      activate(cell, focus);
      return true;
    },
  };
}

function headers(matrix: Matrix, { columns }: Shown): HTMLElement[] {
  const corner = h('div', { role: 'columnheader', 'aria-colindex': 1, class: 'corner' }, 'Service');
  const names = columns.map((control, column) => {
    const { label = '', group = '' } = matrix.controls[control] ?? {};
    const first = matrix.controls[columns[column - 1] ?? -1]?.group !== group;
    return h(
      'div',
      {
        role: 'columnheader',
        'aria-colindex': column + 2,
        tabindex: -1,
        'data-column': column,
        title: `${label} (${group})`,
        class: first ? 'first' : undefined,
        'data-group': first ? group : undefined,
      },
      h('span', {}, label),
    );
  });
  return [corner, ...names];
}
