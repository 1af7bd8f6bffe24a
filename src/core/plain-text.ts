// A reply as plain text: for fallbacks, notifications, screen readers, the terminal and logs.
import type { Block, Inline, Reply, Text } from './reply.ts';

/** The whole reply in words; pictures by their description, buttons by number and label. Never empty for a reply with blocks. */
export function plainText(reply: Reply): string {
  return reply.blocks
    .map(plainBlock)
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Inline text without its marks; links as `label (url)`. */
export function plainInline(text: Text): string {
  return typeof text === 'string' ? text : text.map(plainPart).join('');
}

/** An instant in a zone, as people write it: `Wed 25 Nov 2026, 09:00 Europe/Berlin`. */
export function formatInstant(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${part.month} ${part.year}, ${part.hour}:${part.minute} ${zone}`;
}

function plainPart(part: Inline): string {
  if (typeof part === 'string') return part;
  if ('bold' in part) return part.bold;
  if ('code' in part) return part.code;
  if ('link' in part) return `${part.link} (${part.url})`;
  return formatInstant(part.at, part.zone);
}

function plainBlock(block: Block): string {
  switch (block.type) {
    case 'heading':
      return block.text;
    case 'text':
      return plainInline(block.text);
    case 'facts':
      return block.facts.map((fact) => `${fact.label}: ${plainInline(fact.value)}`).join('\n');
    case 'table':
      return plainTable(block.columns, block.rows, block.highlight);
    case 'choices':
      return block.choices.map((choice, i) => `[${i + 1}] ${choice.label}`).join('  ');
    case 'image':
      return block.image.brief ?? block.image.alt;
    case 'sources':
      return [
        ...block.sources.map((source) => `Source: ${source.title} ${source.url}`),
        ...(block.checkedOn === undefined ? [] : [`Checked on ${block.checkedOn}`]),
      ].join('\n');
    case 'matrix':
      return `${block.rows.length} services by ${block.controls.length} controls`;
    case 'form':
      return block.instead;
  }
}

/** A table as aligned columns of text, also used by adapters that show tables in a fixed-width font. */
export function plainTable(
  columns: readonly { readonly label: string; readonly align?: 'left' | 'right' }[],
  rows: readonly (readonly string[])[],
  highlight?: number,
): string {
  const widths = columns.map((column, i) =>
    Math.max(textWidth(column.label), ...rows.map((row) => textWidth(row[i] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => pad(cell, widths[i] ?? 0, columns[i]?.align)).join('  ');
  const mark = (text: string, own: boolean) =>
    highlight === undefined ? text : `${own ? '> ' : '  '}${text}`;
  return [
    mark(line(columns.map((column) => column.label)), false),
    ...rows.map((row, i) => mark(line(row), i === highlight)),
  ]
    .map((text) => text.trimEnd())
    .join('\n');
}

function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'right' ? space + text : text + space;
}

function textWidth(text: string): number {
  return [...text].length;
}
