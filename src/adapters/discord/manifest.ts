// CommandSpecs → Discord's application commands. Pure.

import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandSubcommandOption,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  ApplicationCommandOptionType as OptionType,
} from 'discord.js';
import type { ArgSpec, CommandSpec, LeafSpec } from '../../core/command.ts';
import { cut, LIMITS } from './limits.ts';
import { ADMIN_RIGHT } from './permissions.ts';

/** The entry in the menu of every message: looks the message up. */
export const LOOK_UP_MESSAGE = 'Who is responsible?';

const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};
const IN_SERVERS = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};

export type CommandBody = RESTPostAPIApplicationCommandsJSONBody;

/** Every command, and the look-up in the menu of messages. */
export function manifest(specs: readonly CommandSpec[]): CommandBody[] {
  return [
    ...specs.map(chatInput),
    { type: ApplicationCommandType.Message, name: LOOK_UP_MESSAGE, ...EVERYWHERE },
  ];
}

/** The leaves that a command leads to: its own, or those of its subcommands. */
export function leavesOf(spec: CommandSpec): readonly LeafSpec[] {
  return spec.leaf === undefined ? spec.subcommands : [spec.leaf];
}

function chatInput(spec: CommandSpec): CommandBody {
  const leaves = leavesOf(spec);
  const inServers = leaves.every((leaf) => leaf.where === 'workspace');
  // Discord hides the whole command from everybody else, so it may hold nothing that is for everyone.
  const forAdmins = leaves.every((leaf) => leaf.access === 'admin');
  const options = spec.leaf === undefined ? spec.subcommands.map(subcommand) : optionsOf(spec.leaf);
  return {
    type: ApplicationCommandType.ChatInput,
    name: spec.name,
    description: cut(spec.summary, LIMITS.commandSummary),
    options: options.slice(0, LIMITS.options),
    default_member_permissions: forAdmins ? String(ADMIN_RIGHT) : null,
    ...(inServers ? IN_SERVERS : EVERYWHERE),
  };
}

function subcommand(leaf: LeafSpec): APIApplicationCommandSubcommandOption {
  return {
    type: OptionType.Subcommand,
    name: leaf.name,
    description: cut(leaf.summary, LIMITS.commandSummary),
    options: optionsOf(leaf),
  };
}

/** Required options first, as Discord demands. Where a form asks for what is missing, nothing is required. */
function optionsOf(leaf: LeafSpec): APIApplicationCommandBasicOption[] {
  const entries = Object.entries(leaf.args);
  const isRequired = (spec: ArgSpec) => spec.required === true && leaf.form === undefined;
  return [
    ...entries.filter(([, spec]) => isRequired(spec)),
    ...entries.filter(([, spec]) => !isRequired(spec)),
  ]
    .slice(0, LIMITS.options)
    .map(([name, spec]) => option(name, spec, isRequired(spec)));
}

function option(name: string, spec: ArgSpec, required: boolean): APIApplicationCommandBasicOption {
  const base = { name, description: cut(spec.summary, LIMITS.commandSummary), required };
  switch (spec.kind) {
    case 'text':
      return {
        ...base,
        type: OptionType.String,
        max_length: Math.min(spec.maxLength ?? 200, LIMITS.optionText),
        ...(spec.suggests === true ? { autocomplete: true } : {}),
      };
    case 'integer':
      return {
        ...base,
        type: OptionType.Integer,
        ...(spec.min === undefined ? {} : { min_value: spec.min }),
        ...(spec.max === undefined ? {} : { max_value: spec.max }),
      };
    case 'choice':
      return spec.choices.length <= LIMITS.optionChoices
        ? {
            ...base,
            type: OptionType.String,
            choices: spec.choices.map((choice) => ({ name: choice, value: choice })),
          }
        : { ...base, type: OptionType.String, autocomplete: true };
    case 'user':
      return { ...base, type: OptionType.User };
  }
}
