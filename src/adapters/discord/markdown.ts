// Inline text → Discord markdown. Every plain string is escaped: nothing that people typed is ever markup.
import { plainInline } from '../../core/plain-text.ts';
import type { Inline, Text } from '../../core/reply.ts';
import { cut } from './limits.ts';

/** Shows the text as it is: no markup, no mention, no link, no list or heading. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\*_~`|<>[\]@]/g, '\\$&')
    .replace(/^(\s*)([-+#])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
    .replaceAll('://', ':\\//');
}

/** A link that shows its label; without a web address, the label alone. */
export function markdownLink(label: string, url: string): string {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol)) return escapeMarkdown(label);
  const href = target.href.replace(/[()<>\s]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `[${escapeMarkdown(label)}](${href})`;
}

/** Text for a code block: no backtick can end it. */
export function codeText(text: string): string {
  return text.replaceAll('`', 'ˋ');
}

/** The markdown of a text in at most `max` characters; an ellipsis marks what was cut. Cuts never split an escape. */
export function markdown(text: Text, max: number): string {
  const parts = typeof text === 'string' ? [text] : text;
  let out = '';
  for (const part of parts) {
    const whole = inline(part);
    if (out.length + whole.length <= max) {
      out += whole;
      continue;
    }
    return out + fitted(part, max - out.length);
  }
  return out;
}

function inline(part: Inline): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  if ('bold' in part) return part.bold === '' ? '' : `**${escapeMarkdown(part.bold)}**`;
  if ('code' in part) return part.code === '' ? '' : `\`${codeText(part.code)}\``;
  if ('link' in part) return markdownLink(part.link, part.url);
  return `<t:${Math.floor(part.at / 1_000)}:f>`;
}

/** The longest beginning of a part that fits, found by halving: escapes make its length unpredictable. */
function fitted(part: Inline, max: number): string {
  const raw = plainInline([part]);
  const shortened = (length: number): string => {
    const beginning = cut(raw, length);
    if (typeof part === 'string' || 'at' in part || 'link' in part) return inline(beginning);
    return 'bold' in part ? inline({ bold: beginning }) : inline({ code: beginning });
  };
  let low = 0;
  let high = Math.min(raw.length, max);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (shortened(middle).length <= max) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : shortened(low);
}
