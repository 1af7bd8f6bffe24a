// Blocks as a person sees them: no markup, no escapes; buttons by label, pictures by description.
import type { Block, Message } from './world.ts';

export interface SeenButton {
  readonly label: string;
  readonly actionId: string;
  readonly value: string;
}

export interface SeenField {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly initial?: string;
  readonly choices?: readonly string[];
}

interface TextObject {
  readonly type: string;
  readonly text: string;
}

export function visibleText(message: Pick<Message, 'blocks' | 'text'>): string {
  if (message.blocks.length === 0) return readable(message.text);
  return message.blocks
    .map(blockText)
    .filter((text) => text !== '')
    .join('\n');
}

export function buttonsOf(blocks: readonly Block[]): SeenButton[] {
  return blocks
    .filter((block) => block.type === 'actions')
    .flatMap((block) => block.elements as { text: TextObject; action_id: string; value: string }[])
    .map((element) => ({
      label: invisible(element.text.text),
      actionId: element.action_id,
      value: element.value,
    }));
}

export function picturesOf(blocks: readonly Block[]): string[] {
  return blocks.filter((block) => block.type === 'image').map((block) => String(block.alt_text));
}

export function fieldsOf(blocks: readonly Block[]): SeenField[] {
  return blocks
    .filter((block) => block.type === 'input')
    .map((block) => {
      const element = block.element as {
        type: string;
        initial_value?: string;
        initial_conversation?: string;
        initial_option?: { value: string };
        options?: { value: string }[];
      };
      const initial = element.initial_value ?? element.initial_option?.value ?? element.initial_conversation;
      return {
        id: String(block.block_id),
        type: element.type,
        label: invisible((block.label as TextObject).text),
        ...(initial === undefined ? {} : { initial }),
        ...(element.options === undefined ? {} : { choices: element.options.map((option) => option.value) }),
      };
    });
}

/** Whom the message would alert: mentions that were not escaped, in its blocks or in its text. */
export function pingsOf(message: Pick<Message, 'blocks' | 'text'>): string[] {
  const all = `${message.text} ${JSON.stringify(message.blocks)}`;
  return [...all.matchAll(/<(?:!(?:channel|here|everyone)|!subteam\^\w+|@[UW]\w+)[^>]*>/g)].map(
    ([mention]) => mention,
  );
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'header':
      return objectText(block.text as TextObject);
    case 'section': {
      const fields = (block.fields ?? []) as TextObject[];
      const parts = block.text === undefined ? fields : [block.text as TextObject, ...fields];
      return parts.map(objectText).join('\n');
    }
    case 'context':
      return (block.elements as TextObject[]).map(objectText).join(' ');
    default:
      return '';
  }
}

function objectText({ type, text }: TextObject): string {
  return type === 'mrkdwn' ? readable(text) : invisible(text);
}

/** Slack's mrkdwn as shown: formats open only at the edge of a word, so a joiner in front of a mark shows the mark. */
function readable(text: string): string {
  return invisible(
    text
      .replace(/^```\n?([\s\S]*?)\n?```$/gm, '$1')
      .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
      .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
      .replace(/(^|[\s([{"',:;.!?-])([*_~`])(?=\S)([^\n]*?\S)\2(?=$|[\s)\]}"',:;.!?-])/gm, '$1$3')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&'),
  );
}

function invisible(text: string): string {
  return text.replace(/\u2060/g, '');
}
