// Reply → the body of a Discord message: embeds for what is said, rows for what can be pressed. Pure.
import type { APIEmbed } from 'discord.js';
import { plainText } from '../../core/plain-text.ts';
import type { Block, Button, Picture, Reply, Tone } from '../../core/reply.ts';
import { type ButtonRow, buttonRows, labelsTooLong } from './buttons.ts';
import { createEmbeds, type Embeds } from './embeds.ts';
import { cut, LIMITS } from './limits.ts';
import { escapeMarkdown, markdown, markdownLink } from './markdown.ts';
import { tableText } from './table.ts';

export interface MessageBody {
  readonly embeds: APIEmbed[];
  readonly components: ButtonRow[];
  readonly attachments: { id: string; filename: string; description?: string }[];
  /** Nothing that the bot posts alerts anybody, whatever its text. */
  readonly allowed_mentions: { parse: []; replied_user: false };
}

export interface Rendered {
  readonly body: MessageBody;
  /** To be attached as PNG, in the order of the first `attachments`. */
  readonly pictures: readonly Picture[];
  /** The whole reply in words, to be attached as the last file: only where the message had to be cut. */
  readonly fullText?: string;
}

export interface RenderOptions {
  /** False shows pictures by their description. */
  readonly images: boolean;
  /** Shown small under the message, so that a retry finds it in the channel's history. */
  readonly reference?: string;
}

const COLOURS: Readonly<Record<Tone, number>> = { neutral: 0x3b6ea5, good: 0x2e7d32, bad: 0xc62828 };

/** Everything fits Discord's limits. What had to be cut is handed out whole as `fullText`. */
export function renderReply(reply: Reply, options: RenderOptions): Rendered {
  const embeds = createEmbeds();
  const pictures: Picture[] = [];
  const groups: Button[][] = [];
  for (const block of reply.blocks) {
    if (block.type === 'choices') groups.push(listed(block.choices, embeds));
    else if (block.type === 'form') groups.push([{ label: block.label, action: block.action }]);
    else if (block.type === 'image' && options.images && pictures.length < LIMITS.attachments - 1) {
      pictures.push(block.image);
      embeds.image(`attachment://${fileName(block.image, pictures.length)}`);
    } else addBlock(block, embeds);
  }
  const { rows, left } = buttonRows(groups);
  if (left > 0) embeds.quiet(() => `${left} more did not fit.`);
  const finished = embeds.finish(COLOURS[reply.tone ?? 'neutral'], options.reference);
  const attachments = pictures.map((picture, i) => ({
    id: String(i),
    filename: fileName(picture, i + 1),
    description: cut(picture.alt, LIMITS.altText),
  }));
  const body = (files: MessageBody['attachments']): MessageBody => ({
    embeds: finished.embeds,
    components: rows,
    attachments: files,
    allowed_mentions: { parse: [], replied_user: false },
  });
  if (!finished.cut && left === 0) return { body: body(attachments), pictures };
  const whole = { id: String(attachments.length), filename: 'full-answer.txt' };
  return { body: body([...attachments, whole]), pictures, fullText: plainText(reply) };
}

function addBlock(block: Exclude<Block, { type: 'choices' | 'form' }>, embeds: Embeds): void {
  switch (block.type) {
    case 'heading':
      embeds.heading(block.text);
      break;
    case 'text':
      embeds[block.quiet === true ? 'quiet' : 'text']((max) => markdown(block.text, max));
      break;
    case 'facts':
      embeds.facts(block.facts);
      break;
    case 'table':
      embeds.text((max) => tableText(block, max));
      break;
    case 'image':
      embeds.quiet((max) => markdown(block.image.brief ?? block.image.alt, max));
      break;
    case 'matrix':
      embeds.text(() => `${block.rows.length} services by ${block.controls.length} controls.`);
      break;
    case 'sources': {
      const links = block.sources.map((source) => markdownLink(source.title, source.url));
      const checked = block.checkedOn === undefined ? [] : [escapeMarkdown(`Checked on ${block.checkedOn}`)];
      embeds.sources(links.length > 1 ? 'Sources' : 'Source', [...links, ...checked]);
      break;
    }
  }
}

/** Where a label is longer than a button, the text lists the whole ones and the buttons carry their numbers. */
function listed(choices: readonly Button[], embeds: Embeds): Button[] {
  if (!labelsTooLong(choices)) return [...choices];
  const numbered = choices.map((choice, i) => ({ ...choice, label: `${i + 1}. ${choice.label}` }));
  embeds.text((max) => markdown(numbered.map((choice) => choice.label).join('\n'), max));
  return numbered;
}

function fileName(picture: Picture, number: number): string {
  const name = picture.name.replace(/\.(png|svg)$/i, '').replace(/[^\w-]+/g, '-');
  return `${cut(name, 60).replace('…', '') || 'picture'}-${number}.png`;
}
