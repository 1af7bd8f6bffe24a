// Answers what people say to the bot: "@Responsibot who patches RDS?", and direct messages.
import type { APIMessage, Client } from 'discord.js';
import type { CommandSpec, LeafSpec } from '../../core/command.ts';
import type { Inbox, InboxCall } from '../../core/ports.ts';
import { type Reply, reply, text } from '../../core/reply.ts';
import { spokenTo } from './decode.ts';
import { leavesOf } from './manifest.ts';
import { ADMIN_RIGHT, guildRights } from './permissions.ts';
import { channelIn, guildRef, personalRef, userIn } from './places.ts';
import type { Poster } from './poster.ts';

type Message = APIMessage & {
  readonly guild_id?: string;
  readonly member?: { readonly nick?: string | null; readonly roles: readonly string[] };
};

/** Private answers of these give nothing away, so they may be given where they were asked for. */
const OPEN_ANYWHERE = ['who', 'help'];

export async function answerMention(
  client: Client,
  message: Message,
  inbox: Inbox,
  poster: Poster,
): Promise<void> {
  const self = client.user?.id;
  const line = self === undefined ? undefined : spokenTo(message, self);
  if (line === undefined) return;
  const call = spokenCall(client, message);
  const hidden = message.guild_id === undefined ? undefined : privateCommand(inbox.commands, line);
  const answer =
    hidden === undefined
      ? await inbox.command({ ...call, line: line === '' ? 'help' : line, lookup: true })
      : pointTo(hidden);
  if (answer.blocks.length > 0) await poster.answer(call.channel, message.id, answer);
}

/** The command whose answer is for one person alone, where the line begins with one. A look-up is for all to read. */
function privateCommand(specs: readonly CommandSpec[], line: string): string | undefined {
  const word = /^\/?(\S*)/.exec(line)?.[1]?.toLowerCase() ?? '';
  const spec = specs.find(({ name, aliases }) => name === word || aliases?.includes(word) === true);
  if (spec === undefined || OPEN_ANYWHERE.includes(spec.name)) return undefined;
  return leavesOf(spec).some((leaf: LeafSpec) => leaf.visibility === 'private') ? spec.name : undefined;
}

function pointTo(command: string): Reply {
  return reply(
    text([
      { code: `/${command}` },
      ' answers you alone: type it as a slash command, or write to me directly.',
    ]),
  );
}

function spokenCall(client: Client, message: Message): InboxCall {
  const { author, guild_id: guildId, member } = message;
  const workspace = guildId === undefined ? personalRef(author.id) : guildRef(guildId);
  const guild = guildId === undefined ? undefined : client.guilds.cache.get(guildId);
  const rights =
    guild === undefined
      ? 0n
      : guildRights({
          guildId: guild.id,
          userId: author.id,
          ownerId: guild.ownerId,
          roleIds: member?.roles ?? [],
          roles: guild.roles.cache.map((role) => ({
            id: role.id,
            permissions: String(role.permissions.bitfield),
          })),
        });
  return {
    by: {
      ref: userIn(workspace, author.id),
      displayName: member?.nick ?? author.global_name ?? author.username,
      admin: (rights & ADMIN_RIGHT) !== 0n,
    },
    channel: channelIn(workspace, message.channel_id),
    inWorkspace: guild !== undefined,
  };
}
