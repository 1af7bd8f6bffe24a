// Inline text → Slack's mrkdwn. What people typed stays text: nothing in it formats, links or pings.
import type { PlainTextElement } from '@slack/types';
import { formatInstant } from '../../core/plain-text.ts';
import type { Inline, Text } from '../../core/reply.ts';

/** Joins words without a break; in front of a mark it keeps the mark from opening a format. */
const JOINER = '\u2060';
/** Longer plain strings are cut at white space, so that a text can be split without cutting an entity. */
const PIECE_MAX = 300;
/** An escaped character takes at most this many, its joiner included. */
const GROWTH = 6;

/** `&`, `<` and `>` as Slack wants them: no mention, link or command survives. */
export function entities(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Plain text inside mrkdwn: escaped, and its `*`, `_`, `~`, backticks and leading `>` mean nothing. */
export function literal(text: string): string {
  const calm = text.replace(/(?<![\p{L}\p{N}])(?=[*_~`])/gu, JOINER).replace(/^(\s*)>/gm, `$1${JOINER}>`);
  return entities(calm);
}

/** Text of a `plain_text` object, which Slack does not parse; what looks like a mention is broken up all the same. */
export function plainObject(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: clip(text.replace(/<(?=[!@#])/g, `<${JOINER}`), max), emoji: false };
}

/** Text inside code marks, where only the entities and the backtick matter. */
export function literalCode(text: string): string {
  return entities(text.replace(/`/g, '\u02cb'));
}

/** `<https://…|label>`; the label alone where the URL is not of the web, or takes more than `max` characters. */
export function link(url: string, label: string, max = 1_000): string {
  if (!/^https?:\/\//i.test(url)) return literal(label);
  const safe = entities(url.replace(/[<>|\s]/g, encodeURIComponent));
  if (safe.length > max) return literal(label);
  return `<${safe}|${literal(label.replace(/\s+/g, ' ')).replace(/\|/g, '\u00a6')}>`;
}

/** An inline text as mrkdwn, cut into parts of at most `max` characters; never inside a link or an entity. */
export function mrkdwnParts(text: Text, max: number): string[] {
  const size = Math.min(PIECE_MAX, Math.floor(max / GROWTH) - 1);
  const pieces = (typeof text === 'string' ? [text] : text).flatMap((part) => inlinePieces(part, size));
  const parts: string[] = [];
  let part = '';
  for (const piece of pieces) {
    if (part !== '' && part.length + piece.length > max) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  if (part.trim() !== '') parts.push(part);
  return parts;
}

/** An inline text as one mrkdwn string of at most `max` characters; the rest is left out with `…`. */
export function mrkdwn(text: Text, max: number): string {
  const [first = '', ...rest] = mrkdwnParts(text, max - 1);
  return rest.length === 0 ? first : `${first.trimEnd()}…`;
}

/** At most `max` UTF-16 units, never half a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()}…`;
}

/** A part as pieces of at most `size` characters before they are escaped. */
function inlinePieces(part: Inline, size: number): string[] {
  if (typeof part === 'string') return cut(part, size).map(literal);
  if ('bold' in part) return wrap('*', part.bold, size, (text) => literal(text).replace(/\*/g, '\u2217'));
  if ('code' in part) return wrap('`', part.code, size, literalCode);
  if ('link' in part) return [link(part.url, clip(part.link, size / 2), size * (GROWTH / 2))];
  const seconds = Math.floor(part.at / 1000);
  const fallback = literal(formatInstant(part.at, part.zone)).replace(/\|/g, ' ');
  return [`<!date^${seconds}^{date_short_pretty} at {time}|${fallback}>`];
}

/** Slack formats only without white space inside the marks. */
function wrap(mark: string, text: string, size: number, inner: (text: string) => string): string[] {
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (core === '') return [before];
  return cut(core, size)
    .filter((piece) => piece.trim() !== '')
    .map((piece, i) => `${i === 0 ? before : ' '}${mark}${inner(piece.trim())}${mark}`)
    .concat(after === '' ? [] : [after]);
}

function cut(text: string, size: number): string[] {
  if (text.length <= size) return text === '' ? [] : [text];
  return text.match(new RegExp(`[\\s\\S]{1,${size}}(?=\\s|$)|[\\s\\S]{1,${size}}`, 'gu')) ?? [];
}
