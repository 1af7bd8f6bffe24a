// Discord's events → the engine's calls. Pure.

import type {
  APIApplicationCommandAutocompleteInteraction,
  APIChatInputApplicationCommandInteraction,
  APIInteraction,
  APIMessage,
  APIMessageApplicationCommandInteraction,
  APIPingInteraction,
} from 'discord.js';
import { ApplicationCommandOptionType as OptionType, PermissionFlagsBits } from 'discord.js';
import type { CommandSpec, LeafSpec } from '../../core/command.ts';
import type { InboxCall } from '../../core/ports.ts';
import { ADMIN_RIGHT } from './permissions.ts';
import { channelIn, guildRef, personalRef, userIn } from './places.ts';

export type Interaction = Exclude<APIInteraction, APIPingInteraction>;

/** Who acts and where. `isMember` tells whether the bot itself is in a server: elsewhere the install is a personal one. */
export function callOf(interaction: Interaction, isMember: (guildId: string) => boolean): InboxCall {
  const user = interaction.member?.user ?? interaction.user;
  if (user === undefined) throw new Error('an interaction without a user');
  const guild = interaction.guild_id;
  const installed = guild !== undefined && interaction.authorizing_integration_owners?.['0'] === guild;
  const inWorkspace = guild !== undefined && (installed || isMember(guild));
  const workspace = inWorkspace ? guildRef(guild) : personalRef(user.id);
  const rights = BigInt(interaction.member?.permissions ?? 0);
  return {
    by: {
      ref: userIn(workspace, user.id),
      displayName: interaction.member?.nick ?? user.global_name ?? user.username,
      admin: inWorkspace && (rights & (ADMIN_RIGHT | PermissionFlagsBits.Administrator)) !== 0n,
    },
    channel: channelIn(workspace, interaction.channel?.id ?? interaction.channel_id ?? user.id),
    inWorkspace,
  };
}

export interface TypedCommand {
  readonly name: string;
  readonly subcommand?: string;
  readonly options: Readonly<Record<string, string | number>>;
}

type Typed = APIChatInputApplicationCommandInteraction | APIApplicationCommandAutocompleteInteraction;

/** A slash command, whole or still being typed; `focused` is the option with the cursor. */
export function typedCommand(interaction: Typed): TypedCommand & { readonly focused?: string } {
  const [first] = interaction.data.options ?? [];
  const sub = first?.type === OptionType.Subcommand ? first : undefined;
  const given = sub === undefined ? (interaction.data.options ?? []) : (sub.options ?? []);
  const values = given.flatMap((option): [string, string | number][] =>
    'value' in option
      ? [[option.name, typeof option.value === 'boolean' ? String(option.value) : option.value]]
      : [],
  );
  const focused = given.find((option) => 'focused' in option && option.focused === true)?.name;
  return {
    name: interaction.data.name,
    ...(sub === undefined ? {} : { subcommand: sub.name }),
    options: Object.fromEntries(values),
    ...(focused === undefined ? {} : { focused }),
  };
}

/** What the message says that "Who is responsible?" was chosen on; bots often say it in an embed. */
export function chosenText(interaction: APIMessageApplicationCommandInteraction): string {
  const message = interaction.data.resolved.messages[interaction.data.target_id];
  const embed = message?.embeds[0];
  return (message?.content || embed?.description || embed?.title || '').trim();
}

/** The leaf that a typed command means. */
export function leafOf(
  specs: readonly CommandSpec[],
  name: string,
  subcommand: string | undefined,
): LeafSpec | undefined {
  const spec = specs.find((candidate) => candidate.name === name);
  return spec?.leaf ?? spec?.subcommands.find((leaf) => leaf.name === subcommand);
}

/** Whether a form has to ask for a required option first. */
export function needsForm(leaf: LeafSpec, options: TypedCommand['options']): boolean {
  return (
    leaf.form !== undefined &&
    Object.entries(leaf.args).some(([name, spec]) => spec.required === true && options[name] === undefined)
  );
}

/** What somebody said to the bot: the text after its mention, or all of a direct message. Undefined for anything else. */
export function spokenTo(message: APIMessage & { guild_id?: string }, self: string): string | undefined {
  if (message.author.bot === true || message.webhook_id !== undefined) return undefined;
  const mention = new RegExp(`<@!?${self}>`, 'g');
  if (message.guild_id === undefined) return message.content.replace(mention, ' ').trim();
  // A reply to one of the bot's messages mentions it too, but without saying its name in the text.
  if (!message.content.includes(`<@${self}>`) && !message.content.includes(`<@!${self}>`)) return undefined;
  return message.content.replace(mention, ' ').trim();
}
