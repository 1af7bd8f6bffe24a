// Replies as terminal text, with buttons as numbers to type. Pure.
import type { Action } from '../../core/action.ts';
import { plainText } from '../../core/plain-text.ts';
import type { Block, Reply } from '../../core/reply.ts';

export interface Rendered {
  readonly text: string;
  /** What each number does: the first is 1. */
  readonly buttons: readonly Action[];
}

/** Numbers run through the whole reply. Control characters are removed, so that no text can steer the terminal. */
export function renderReply(reply: Reply): Rendered {
  const buttons: Action[] = [];
  const number = (action: Action) => `[${buttons.push(action)}]`;
  const part = (block: Block): string => {
    if (block.type === 'form') return `${number(block.action)} ${block.label}`;
    if (block.type !== 'choices') return plainText({ blocks: [block] });
    return block.choices
      .filter((choice) => choice.disabled !== true)
      .map((choice) => `${number(choice.action)} ${choice.label}`)
      .join('\n');
  };
  const text = reply.blocks
    .map(part)
    .filter((words) => words !== '')
    .join('\n\n');
  return { text: printable(text), buttons };
}

/** The text without control characters other than line breaks. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '');
}
