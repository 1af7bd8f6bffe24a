// A Discord message as a person sees it: markdown shown, escapes gone, buttons by their labels.
import type { APIMessage } from 'discord.js';
import type { Stored } from './world.ts';

export interface Seen {
  readonly id: string;
  readonly text: string;
  readonly buttons: readonly string[];
  readonly pictures: readonly string[];
  /** The title of the thread under it. */
  readonly thread?: string;
  /** Whom the message alerts. */
  readonly pings: readonly string[];
  /** Only the person who asked sees it. */
  readonly private: boolean;
  /** The message that it answers. */
  readonly answers?: string;
}

export function seen({ message, onlyFor }: Stored): Seen {
  const parts = message.embeds.flatMap((embed) => [
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
    embed.footer?.text,
  ]);
  return {
    id: message.id,
    text: [message.content, ...parts]
      .filter((part) => part !== undefined && part !== '')
      .map((part) => shown(part as string))
      .join('\n'),
    buttons: buttonsOf(message).map((button) => button.label),
    pictures: message.attachments.flatMap((file) =>
      file.content_type?.startsWith('image/') ? [file.description ?? ''] : [],
    ),
    ...(message.thread === undefined ? {} : { thread: message.thread.name as string }),
    pings: pings(message),
    private: onlyFor !== undefined,
    ...(message.message_reference?.message_id === undefined
      ? {}
      : { answers: message.message_reference.message_id }),
  };
}

export interface SeenButton {
  readonly label: string;
  readonly customId: string;
  readonly disabled: boolean;
}

export function buttonsOf(message: Pick<APIMessage, 'components'>): SeenButton[] {
  const rows = (message.components ?? []) as {
    components?: { label?: string; custom_id?: string; disabled?: boolean }[];
  }[];
  return rows.flatMap((row) =>
    (row.components ?? []).map((button) => ({
      label: button.label ?? '',
      customId: button.custom_id ?? '',
      disabled: button.disabled === true,
    })),
  );
}

/** Discord's markdown as it looks: links as `label (url)`, times as their instant, marks gone, escapes resolved. */
export function shown(markdown: string): string {
  const tokens =
    /\\([^0-9A-Za-z\s])|```(?:\w*\n)?([\s\S]*?)\n?```|`([^`]+)`|\[((?:\\.|[^\]\\])+)\]\((https?:[^)\s]+)\)|\*\*|^(?:-# |#{1,3} )|<t:(\d+):\w>/gm;
  return markdown.replace(tokens, (_, escaped, block, code, label, url, time) => {
    if (escaped !== undefined) return escaped;
    if (block !== undefined) return block;
    if (code !== undefined) return code;
    if (label !== undefined) return `${shown(label)} (${url})`;
    return time === undefined ? '' : new Date(Number(time) * 1_000).toISOString();
  });
}

function pings(message: APIMessage & { allowed?: { parse?: string[] } }): string[] {
  const allowed = (kind: string) =>
    message.allowed === undefined || message.allowed.parse?.includes(kind) === true;
  return [
    ...(allowed('everyone') ? (message.content.match(/@everyone|@here/g) ?? []) : []),
    ...(allowed('users') ? (message.content.match(/<@!?\d+>/g) ?? []) : []),
    ...(allowed('roles') ? (message.content.match(/<@&\d+>/g) ?? []) : []),
  ];
}
