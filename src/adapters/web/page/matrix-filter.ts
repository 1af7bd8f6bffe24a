// Which services and controls the explore page shows. Pure, so that it is tested without a browser.
import type { Block } from '../../../core/reply.ts';

export type Matrix = Extract<Block, { type: 'matrix' }>;

/** Empty texts and an empty set leave everything in. */
export interface Filter {
  readonly service: string;
  readonly group: string;
  readonly model: string;
  readonly control: string;
  readonly controlGroup: string;
  /** Letters of `MatrixRow.owners`. */
  readonly owners: ReadonlySet<string>;
}

/** Indices into the matrix: rows in its order, columns of one kind side by side. */
export interface Shown {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

export const OWNERS = {
  a: { name: 'AWS', letter: 'A', owner: 'aws' },
  c: { name: 'Customer', letter: 'C', owner: 'customer' },
  s: { name: 'Shared', letter: 'S', owner: 'shared' },
  d: { name: 'It depends', letter: 'D', owner: 'depends' },
  '-': { name: 'Does not apply', letter: '–', owner: 'none' },
} as const;

export function ownerAt(matrix: Matrix, row: number, column: number) {
  return OWNERS[(matrix.rows[row]?.owners[column] ?? '-') as keyof typeof OWNERS] ?? OWNERS['-'];
}

/** A service or control whose every cell has another owner than those asked for is left out as well. */
export function applyFilter(matrix: Matrix, filter: Filter): Shown {
  const { owners } = filter;
  const rows = indices(matrix.rows, (row) =>
    [matches(row.label, filter.service), is(row.group, filter.group), is(row.model, filter.model)].every(
      Boolean,
    ),
  );
  const kinds = kindsOf(matrix);
  const kindOf = (column: number) => kinds.indexOf(matrix.controls[column]?.group ?? '');
  const columns = indices(
    matrix.controls,
    (control) => matches(control.label, filter.control) && is(control.group, filter.controlGroup),
  ).sort((a, b) => kindOf(a) - kindOf(b));
  if (owners.size === 0) return { rows, columns };
  const has = (row: number, column: number) => owners.has(matrix.rows[row]?.owners[column] ?? '-');
  return {
    rows: rows.filter((row) => columns.some((column) => has(row, column))),
    columns: columns.filter((column) => rows.some((row) => has(row, column))),
  };
}

/** The kinds of controls, from those that AWS mostly has to those that the customer mostly has. */
function kindsOf(matrix: Matrix): string[] {
  const customers = (kind: string) => {
    const columns = indices(matrix.controls, ({ group }) => group === kind);
    const cells = matrix.rows.flatMap(({ owners }) => columns.map((column) => owners[column]));
    return cells.filter((owner) => owner === 'c').length / cells.length;
  };
  const kinds = [...new Set(matrix.controls.map(({ group }) => group))];
  return kinds
    .map((kind) => ({ kind, share: customers(kind) }))
    .sort((a, b) => a.share - b.share)
    .map(({ kind }) => kind);
}

/** The different values, sorted, for a list to choose from. */
export function valuesOf(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined && value !== ''))].sort() as string[];
}

function indices<T>(items: readonly T[], keep: (item: T) => boolean): number[] {
  return items.flatMap((item, index) => (keep(item) ? [index] : []));
}

function is(value: string | undefined, wanted: string): boolean {
  return wanted === '' || value === wanted;
}

/** Every word of the search occurs in the label, in any order. */
function matches(label: string, search: string): boolean {
  const text = label.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
