// Which services and controls the explore page leaves in.
import { expect, test } from 'vitest';
import {
  applyFilter,
  type Filter,
  type Matrix,
  ownerAt,
  valuesOf,
} from '../../../src/adapters/web/page/matrix-filter.ts';

const matrix: Matrix = {
  type: 'matrix',
  controls: [
    { id: 'os', label: 'Guest operating system patching', group: 'shared' },
    { id: 'facility', label: 'Physical security', group: 'inherited' },
    { id: 'rest', label: 'Encryption at rest', group: 'shared' },
  ],
  rows: [
    { id: 'ec2', label: 'Amazon EC2', group: 'Compute', model: 'IaaS', owners: 'cas' },
    { id: 'rds', label: 'Amazon RDS', group: 'Databases', model: 'Managed', owners: 'dac' },
    { id: 'lambda', label: 'AWS Lambda', group: 'Compute', model: 'Serverless', owners: '-aa' },
  ],
};
const everything: Filter = {
  service: '',
  group: '',
  model: '',
  control: '',
  controlGroup: '',
  owners: new Set(),
};
const shown = (filter: Partial<Filter>) => applyFilter(matrix, { ...everything, ...filter });

test('without a filter everything is shown, controls of one kind side by side, AWS’s first', () => {
  expect(shown({})).toEqual({ rows: [0, 1, 2], columns: [1, 0, 2] });
});

test('a search finds words in any order and any case', () => {
  expect(shown({ service: 'EC2 amazon' }).rows).toEqual([0]);
  expect(shown({ control: 'patching guest' }).columns).toEqual([0]);
  expect(shown({ service: 'azure' }).rows).toEqual([]);
});

test('category, model and kind of control narrow together', () => {
  expect(shown({ group: 'Compute' }).rows).toEqual([0, 2]);
  expect(shown({ group: 'Compute', model: 'IaaS' }).rows).toEqual([0]);
  expect(shown({ controlGroup: 'inherited' }).columns).toEqual([1]);
});

test('an owner leaves in what has such a cell among what is shown', () => {
  expect(shown({ owners: new Set(['c']) })).toEqual({ rows: [0, 1], columns: [0, 2] });
  expect(shown({ owners: new Set(['c']), control: 'guest' })).toEqual({ rows: [0], columns: [0] });
  expect(shown({ owners: new Set(['d', '-']) })).toEqual({ rows: [1, 2], columns: [0] });
});

test('a cell tells its owner in words, whatever its letter', () => {
  expect(ownerAt(matrix, 0, 0).name).toBe('Customer');
  expect(ownerAt(matrix, 1, 0).name).toBe('It depends');
  expect(ownerAt(matrix, 9, 9).name).toBe('Does not apply');
});

test('the values to choose from are the different ones, sorted', () => {
  expect(valuesOf(['b', undefined, 'a', '', 'b'])).toEqual(['a', 'b']);
});

test('the product’s size is filtered within a frame', () => {
  const controls = Array.from({ length: 78 }, (_, i) => ({
    id: `c${i}`,
    label: `Control ${i}`,
    group: `${i % 3}`,
  }));
  const rows = Array.from({ length: 450 }, (_, i) => ({
    id: `s${i}`,
    label: `Service ${i}`,
    group: '',
    owners: 'a'.repeat(77) + (i % 2 ? 'c' : 'a'),
  }));
  const before = performance.now();
  const found = applyFilter(
    { type: 'matrix', controls, rows },
    { ...everything, service: 'ser', owners: new Set(['c']) },
  );
  expect(found).toEqual({ rows: rows.flatMap((_, i) => (i % 2 ? [i] : [])), columns: [77] });
  expect(performance.now() - before).toBeLessThan(100);
});
