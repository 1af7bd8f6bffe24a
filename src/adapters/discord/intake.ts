// Takes what happens on Discord to the inbox, and brings its answers back.

import type {
  APIMessage,
  APIModalInteractionResponseCallbackData,
  GatewayReadyDispatchData,
} from 'discord.js';
import {
  ApplicationCommandType,
  type Client,
  Events,
  GatewayDispatchEvents,
  InteractionType,
} from 'discord.js';
import { decodeAction, encodeAction } from '../../core/action.ts';
import type { Inbox, Log } from '../../core/ports.ts';
import type { Form, FormField, Reply } from '../../core/reply.ts';
import { reply, text } from '../../core/reply.ts';
import { callOf, chosenText, type Interaction, leafOf, needsForm, typedCommand } from './decode.ts';
import { formCommandId, parseFormCommandId } from './form-id.ts';
import { answerMention } from './mentions.ts';
import { modal, submittedFields } from './modal.ts';
import { channelIn, guildRef } from './places.ts';
import type { Poster } from './poster.ts';
import type { Responder } from './respond.ts';
import { rollOf } from './roll.ts';
import { welcomeServer } from './welcome.ts';

/** As long as a question may be. */
const QUESTION_MAX = 1_000;

export interface IntakeOptions {
  readonly inbox: Inbox;
  readonly responder: Responder;
  readonly poster: Poster;
  readonly log: Log;
  /** Holds the stop until the work has ended. */
  readonly track: (work: Promise<unknown>) => void;
}

/** Listens for as long as the client is connected. Nothing that goes wrong in one event reaches another. */
export function listen(client: Client, { inbox, responder, poster, log, track }: IntakeOptions): void {
  const isMember = (guildId: string) => client.guilds.cache.has(guildId);
  const handle = (what: string, run: () => Promise<unknown>): void => {
    track(run().catch((error: unknown) => log.error({ err: error }, `${what} could not be handled`)));
  };
  const onInteraction = (interaction: Interaction): Promise<void> => {
    const call = callOf(interaction, isMember);
    switch (interaction.type) {
      case InteractionType.ApplicationCommandAutocomplete: {
        const { focused = '', options, ...typed } = typedCommand(interaction);
        const partial = String(options[focused] ?? '');
        return responder.suggest(interaction, inbox.suggest({ ...call, ...typed, option: focused, partial }));
      }
      case InteractionType.ApplicationCommand: {
        const { data } = interaction;
        if (data.type === ApplicationCommandType.Message) {
          const question = chosenText({ ...interaction, data }).slice(0, QUESTION_MAX);
          return responder.answer(
            interaction,
            'private',
            question === ''
              ? said('That message has no text to look up.')
              : inbox.command({ ...call, name: 'who', options: { question } }),
          );
        }
        if (data.type !== ApplicationCommandType.ChatInput) return Promise.resolve();
        const { focused: _, ...typed } = typedCommand({ ...interaction, data });
        const leaf = leafOf(inbox.commands, typed.name, typed.subcommand);
        if (leaf?.form !== undefined && needsForm(leaf, typed.options)) {
          const given = (field: FormField) => typed.options[field.id]?.toString();
          const form = modal(leaf.form, formCommandId(typed), given);
          return responder.form(interaction, form, inbox.refusal({ ...call, ...typed }));
        }
        return responder.answer(
          interaction,
          leaf?.visibility ?? 'private',
          inbox.command({ ...call, ...typed }),
        );
      }
      case InteractionType.MessageComponent: {
        const action = decodeAction(interaction.data.custom_id);
        const info = action === undefined ? undefined : inbox.actionInfo(action.name);
        if (action === undefined || info === undefined)
          return responder.answer(interaction, 'private', said(OLD_BUTTON));
        const press = { ...call, action };
        if (info.form === undefined)
          return responder.answer(interaction, info.visibility, inbox.action(press));
        const form = actionModal(info.form, encodeAction(action), action.args);
        return responder.form(interaction, form, inbox.refusal(press));
      }
      case InteractionType.ModalSubmit: {
        const fields = submittedFields(interaction.data);
        const command = parseFormCommandId(interaction.data.custom_id);
        if (command !== undefined) {
          const visibility =
            leafOf(inbox.commands, command.name, command.subcommand)?.visibility ?? 'private';
          return responder.answer(
            interaction,
            visibility,
            inbox.command({ ...call, ...command, options: fields }),
          );
        }
        const action = decodeAction(interaction.data.custom_id);
        const info = action === undefined ? undefined : inbox.actionInfo(action.name);
        return action === undefined || info === undefined
          ? responder.answer(interaction, 'private', said(OLD_BUTTON))
          : responder.answer(interaction, info.visibility, inbox.action({ ...call, action, fields }));
      }
    }
  };

  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: Interaction) => {
    interaction.entitlements ??= []; // discord.js reads the event next, and fails where this list was left out
    handle('an interaction', async () => onInteraction(interaction));
  });
  client.ws.on(GatewayDispatchEvents.MessageCreate, (message: APIMessage & { guild_id?: string }) =>
    handle('a message', () => answerMention(client, message, inbox, poster)),
  );
  for (const event of [GatewayDispatchEvents.ChannelDelete, GatewayDispatchEvents.ThreadDelete] as const) {
    client.ws.on(event, ({ id, guild_id: guildId, name }: DeletedChannel) =>
      handle('a deleted channel', async () => {
        if (guildId === undefined) return;
        const server = client.guilds.cache.get(guildId)?.name ?? 'the server';
        const place = name === undefined ? `a thread of ${server}` : `#${name} of ${server}`;
        await inbox.channelGone(channelIn(guildRef(guildId), id), `${place} was deleted`);
      }),
    );
  }
  // discord.js emits these two for real joins and leaves only: not for the servers that it learns of while it connects,
  // and not for outages.
  client.on(Events.GuildCreate, (guild) =>
    handle('a new server', () => welcomeServer(guild, inbox, poster, log)),
  );
  client.ws.on(GatewayDispatchEvents.Ready, (ready: GatewayReadyDispatchData) =>
    handle('the list of servers', () => inbox.rollCall(rollOf(client, ready))),
  );
  client.on(Events.GuildDelete, (guild) => handle('a lost server', () => inbox.left(guildRef(guild.id))));
}

/** Discord names a deleted channel, but not a deleted thread. */
interface DeletedChannel {
  readonly id: string;
  readonly guild_id?: string;
  readonly name?: string;
}

const OLD_BUTTON = 'That button is from another version: ask again with /help.';

function said(sentence: string): Promise<Reply> {
  return Promise.resolve({ ...reply(text(sentence)), visibility: 'private' });
}

function actionModal(
  form: Form,
  customId: string,
  args: readonly string[],
): APIModalInteractionResponseCallbackData {
  return modal(form, customId, (field) => (field.initial === undefined ? undefined : args[field.initial]));
}
