// A table as aligned text in a code block: Discord has no tables.
import { plainTable } from '../../core/plain-text.ts';
import type { Block } from '../../core/reply.ts';
import { cut } from './limits.ts';
import { codeText } from './markdown.ts';

/** Wider cells make every line wrap on a telephone. */
const CELL_MAX = 28;
const FENCE = '```';

type Table = Extract<Block, { type: 'table' }>;

/** The code block in at most `max` characters: rows are left out from the end, the reader's own row last of all. */
export function tableText(table: Table, max: number): string {
  const cell = (text: string) => cut(codeText(text.replace(/\s+/g, ' ')), CELL_MAX);
  const columns = table.columns.map((column) => ({ ...column, label: cell(column.label) }));
  const rows = table.rows.map((row) => row.map(cell));
  for (let kept = rows.length; kept >= 0; kept = Math.min(kept - 1, Math.floor(kept * 0.9))) {
    const shown = rows.slice(0, kept);
    const own = table.highlight;
    const ownRow = own === undefined ? undefined : rows[own];
    const missing = own !== undefined && ownRow !== undefined && own >= kept;
    const highlight = missing ? kept : own;
    const lines = plainTable(columns, missing ? [...shown, ownRow] : shown, highlight);
    const rest = rows.length - kept - (missing ? 1 : 0);
    const text = `${FENCE}\n${lines}\n${rest > 0 ? `… and ${rest} more\n` : ''}${FENCE}`;
    if (text.length <= max) return text;
  }
  return '';
}
