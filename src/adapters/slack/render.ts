// A reply → Block Kit within every documented limit, and its plain text. Pure.
import type {
  ActionsBlock,
  ContextBlock,
  ImageBlock,
  KnownBlock,
  SectionBlock,
  Button as SlackButton,
} from '@slack/types';
import { encodeAction } from '../../core/action.ts';
import { plainTable, plainText } from '../../core/plain-text.ts';
import type { Block, Button, Picture, Reply, Text } from '../../core/reply.ts';
import { LIMITS } from './limits.ts';
import { clip, entities, link, literal, literalCode, mrkdwn, mrkdwnParts, plainObject } from './mrkdwn.ts';
import { withOwnNames } from './own-names.ts';

export interface RenderOptions {
  /** How many blocks the surface takes; a message's by default. */
  readonly maxBlocks?: number;
  /** Files uploaded to Slack, by picture; a picture without one is shown by its description. */
  readonly files?: ReadonlyMap<Picture, string>;
}

export interface Rendered {
  /** For notifications and screen readers. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Never throws for a reply of any size: what does not fit is shortened, buttons last. */
export function render(said: Reply, options: RenderOptions = {}): Rendered {
  const reply = withOwnNames(said);
  const { maxBlocks = LIMITS.messageBlocks, files } = options;
  const blocks = shorten(
    reply.blocks.flatMap((block) => renderBlock(block, files)),
    maxBlocks,
  );
  return { text: fallback(reply), blocks: withUniqueActions(blocks) };
}

/** A reply's plain text, escaped for Slack; never empty. */
function fallback(reply: Reply): string {
  return entities(clip(plainText(reply), LIMITS.messageText / 2)).trim() || 'Responsibot';
}

function renderBlock(block: Block, files?: ReadonlyMap<Picture, string>): KnownBlock[] {
  switch (block.type) {
    case 'heading':
      return heading(block.text);
    case 'text':
      return block.quiet === true ? quiet(block.text) : sections(block.text);
    case 'facts':
      return facts(block.facts);
    case 'table':
      return table(plainTable(block.columns, block.rows, block.highlight));
    case 'choices':
      return choices(block.choices);
    case 'image':
      return picture(block.image, files?.get(block.image));
    case 'sources':
      return sources(block);
    case 'matrix':
      return quiet(plainText({ blocks: [block] }));
    case 'form':
      return [actions([button({ label: block.label, action: block.action })])];
  }
}

function heading(text: string): KnownBlock[] {
  if (text.trim() === '') return [];
  if (text.length > LIMITS.headerText) return sections([{ bold: text }]);
  return [{ type: 'header', text: plainObject(text, LIMITS.headerText) }];
}

function sections(text: Text): SectionBlock[] {
  return mrkdwnParts(text, LIMITS.sectionText).map(section);
}

function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

function quiet(text: Text): ContextBlock[] {
  return mrkdwnParts(text, LIMITS.sectionText).map(context);
}

function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

function facts(items: readonly { readonly label: string; readonly value: Text }[]): SectionBlock[] {
  const fields = items.map(({ label, value }) => {
    const head = `*${literal(clip(label, 80)).replace(/\*/g, '')}*\n`;
    return `${head}${mrkdwn(value, LIMITS.fieldText - head.length) || '–'}`;
  });
  return chunks(fields, LIMITS.sectionFields).map((some) => ({
    type: 'section',
    fields: some.map((text) => ({ type: 'mrkdwn', text, verbatim: true })),
  }));
}

function table(text: string): SectionBlock[] {
  const fence = '```';
  const room = LIMITS.sectionText - 2 * fence.length - 2;
  const parts: string[] = [];
  let part = '';
  for (const line of text.split('\n').map((raw) => literalCode(clip(raw, 500)))) {
    if (part !== '' && part.length + line.length + 1 > room) {
      parts.push(part);
      part = '';
    }
    part += part === '' ? line : `\n${line}`;
  }
  return [...parts, part].map((body) => section(`${fence}\n${body}\n${fence}`));
}

/** Buttons that do nothing are text; labels that are too long for a button are listed above, lettered. */
function choices(items: readonly Button[]): KnownBlock[] {
  const off = items.filter((item) => item.disabled === true);
  const on = items.filter((item) => item.disabled !== true);
  const long = on.some((item) => item.label.length > LIMITS.buttonText);
  const letter = (i: number) => String.fromCodePoint(65 + (i % 26));
  const list = [
    ...(long ? on.map((item, i) => `${letter(i)}. ${item.label}`) : []),
    ...off.map((item) => `• ${item.label}`),
  ];
  const buttons = on.map((item, i) => button(long ? { ...item, label: letter(i) } : item));
  return [
    ...(list.length === 0 ? [] : sections(list.join('\n'))),
    ...chunks(buttons, LIMITS.actionElements).map(actions),
  ];
}

function actions(elements: SlackButton[]): ActionsBlock {
  return { type: 'actions', elements };
}

function button(item: Button): SlackButton {
  const code = encodeAction(item.action);
  return {
    type: 'button',
    text: plainObject(item.label, LIMITS.buttonText),
    action_id: code,
    value: code,
    ...(item.style === 'primary' || item.style === 'danger' ? { style: item.style } : {}),
  };
}

function picture(image: Picture, file: string | undefined): (ImageBlock | SectionBlock)[] {
  if (file === undefined) return sections(image.brief ?? image.alt);
  return [{ type: 'image', slack_file: { id: file }, alt_text: clip(image.alt, LIMITS.altText) }];
}

function sources(block: Extract<Block, { type: 'sources' }>): ContextBlock[] {
  const links = block.sources.map((source) => link(source.url, clip(source.title, 200)));
  const checked = block.checkedOn === undefined ? [] : [`checked on ${literal(block.checkedOn)}`];
  const parts: string[] = [];
  for (const item of [...links, ...checked]) {
    const last = parts.at(-1);
    if (last === undefined) parts.push(`Source: ${item}`);
    else if (last.length + item.length + 3 > LIMITS.sectionText) parts.push(item);
    else parts[parts.length - 1] = `${last} · ${item}`;
  }
  return parts.map(context);
}

/** Keeps every row of buttons and as much of the rest as fits, in order, and says that something is missing. */
function shorten(blocks: KnownBlock[], max: number): KnownBlock[] {
  if (blocks.length <= max) return blocks;
  const buttons = blocks.filter((block) => block.type === 'actions').slice(0, max - 2);
  let room = max - 1 - buttons.length;
  const kept = blocks.filter((block) => (block.type === 'actions' ? buttons.includes(block) : room-- > 0));
  return [...kept, context('There is more than Slack shows in one message.')];
}

/** Slack wants an action id once in a message; the value carries the action. */
function withUniqueActions(blocks: KnownBlock[]): KnownBlock[] {
  const seen = new Map<string, number>();
  return blocks.map((block) => {
    if (block.type !== 'actions') return block;
    const elements = (block.elements as SlackButton[]).map((element) => {
      const id = element.action_id ?? '';
      const count = seen.get(id) ?? 0;
      seen.set(id, count + 1);
      return count === 0 ? element : { ...element, action_id: `${id}#${count}` };
    });
    return { ...block, elements };
  });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
