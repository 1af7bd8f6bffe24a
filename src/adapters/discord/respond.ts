// Answers an interaction: at once where the answer is quick, deferred where it is not, within Discord's three seconds.

import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { InteractionType, MessageFlags, Routes, InteractionResponseType as Type } from 'discord.js';
import { plainText } from '../../core/plain-text.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { type Reply, reply, text, type Visibility } from '../../core/reply.ts';
import type { DiscordApi } from './api.ts';
import type { Attach, Outgoing } from './attach.ts';
import type { Interaction } from './decode.ts';
import { ALREADY_ACKNOWLEDGED, discordCode, loggable, UNKNOWN_INTERACTION } from './errors.ts';
import { cut, LIMITS } from './limits.ts';

/** An answer that takes longer is announced with "thinking …" first: half of Discord's three seconds stay for the way. */
const DEFER_AFTER_MS = 1_500;
/** Suggestions that come later are of no use to whoever types on. */
const SUGGEST_WITHIN_MS = 2_000;

export interface Responder {
  /** Sends what `work` resolves with. Resolves when Discord has it; never rejects. */
  answer(interaction: Interaction, visibility: Visibility, work: Promise<Reply>): Promise<void>;
  /** Opens the form, unless `refused` resolves with a refusal in time: what the form sends is checked again. */
  form(
    interaction: Interaction,
    modal: APIModalInteractionResponseCallbackData,
    refused: Promise<Reply | undefined>,
  ): Promise<void>;
  suggest(interaction: Interaction, work: Promise<readonly string[]>): Promise<void>;
}

export interface ResponderOptions {
  readonly api: DiscordApi;
  readonly attach: Attach;
  readonly clock: Clock;
  readonly log: Log;
}

type Ready = Outgoing & { readonly reply: Reply };

export function createResponder({ api, attach, clock, log }: ResponderOptions): Responder {
  const callback = async (to: Interaction, type: Type, data?: object, files: Outgoing['files'] = []) => {
    try {
      await api.respond('POST', Routes.interactionCallback(to.id, to.token), {
        body: data === undefined ? { type } : { type, data },
        files,
      });
    } catch (error) {
      // discord.js repeats a callback whose answer was lost; the first one has arrived then.
      if (discordCode(error) !== ALREADY_ACKNOWLEDGED) throw error;
    }
  };

  const prepare = async (work: Promise<Reply>): Promise<Ready> => {
    const answer = await work;
    try {
      return { ...(await attach(answer)), reply: answer };
    } catch (error) {
      log.error({ err: error }, 'a reply could not be rendered');
      const plain = reply(text(cut(plainText(answer), 2_000)));
      return { ...(await attach(plain)), reply: { ...plain, visibility: answer.visibility ?? 'private' } };
    }
  };

  /** Without its files where Discord does not take them there: the words are what was asked for. */
  const sent = async (ready: Ready, send: (ready: Ready) => Promise<void>): Promise<void> => {
    try {
      await send(ready);
    } catch (error) {
      if (ready.files.length === 0 || discordCode(error) === UNKNOWN_INTERACTION) throw error;
      failed('an answer with its files')(error);
      const { body } = await attach(ready.reply, { images: false });
      await send({ ...ready, body: { ...body, attachments: [] }, files: [] });
    }
  };

  /** The first response carries the answer itself. */
  const open = (to: Interaction, ready: Ready, visibility: Visibility): Promise<void> => {
    if (ready.reply.blocks.length === 0) return silence(to);
    if (ready.reply.update === true && onOwnMessage(to)) {
      return callback(to, Type.UpdateMessage, ready.body, ready.files);
    }
    const data = { ...ready.body, flags: flagsFor(ready.reply.visibility ?? visibility) };
    return callback(to, Type.ChannelMessageWithSource, data, ready.files);
  };

  /** The answer follows a deferred response. */
  const follow = async (to: Interaction, ready: Ready, visibility: Visibility): Promise<void> => {
    const original = Routes.webhookMessage(to.application_id, to.token);
    const followUp = () =>
      api.respond('POST', Routes.webhook(to.application_id, to.token), {
        body: { ...ready.body, flags: flagsFor(ready.reply.visibility ?? visibility) },
        files: ready.files,
      });
    const edit = () => api.respond('PATCH', original, { body: ready.body, files: ready.files });
    const nothing = ready.reply.blocks.length === 0;
    if (onOwnMessage(to)) {
      if (!nothing) await (ready.reply.update === true ? edit() : followUp());
    } else if (nothing) {
      await api.respond('DELETE', original);
    } else if ((ready.reply.visibility ?? visibility) !== visibility) {
      // The "thinking …" is as visible as it was announced: a private refusal of a public answer needs a message of its own.
      await api.respond('DELETE', original);
      await followUp();
    } else await edit();
  };

  const silence = async (to: Interaction): Promise<void> => {
    if (to.type === InteractionType.MessageComponent) await callback(to, Type.DeferredMessageUpdate);
  };

  const defer = (to: Interaction, visibility: Visibility): Promise<void> =>
    onOwnMessage(to)
      ? callback(to, Type.DeferredMessageUpdate)
      : callback(to, Type.DeferredChannelMessageWithSource, { flags: flagsFor(visibility) });

  const failed = (what: string) => (error: unknown) =>
    log.warn(loggable(error), `${what} did not reach Discord`);

  const answer: Responder['answer'] = async (to, visibility, work) => {
    try {
      const ready = prepare(work);
      const first = await within(clock, DEFER_AFTER_MS, ready);
      if (first !== undefined) return await sent(first, (it) => open(to, it, visibility));
      await defer(to, visibility);
      await sent(await ready, (it) => follow(to, it, visibility));
    } catch (error) {
      failed('an answer')(error);
    }
  };

  return {
    answer,
    async form(to, modal, refused) {
      // A form must be the first response, so a slow store cannot be waited for.
      const refusal = await within(clock, DEFER_AFTER_MS, refused);
      if (refusal !== undefined) return answer(to, 'private', Promise.resolve(refusal));
      await callback(to, Type.Modal, modal).catch(failed('a form'));
    },
    async suggest(to, work) {
      const found = (await within(clock, SUGGEST_WITHIN_MS, work)) ?? [];
      const choices = found
        .filter((value) => value !== '' && value.length <= LIMITS.suggestion)
        .slice(0, LIMITS.suggestions)
        .map((value) => ({ name: value, value }));
      await callback(to, Type.ApplicationCommandAutocompleteResult, { choices }).catch(failed('suggestions'));
    },
  };
}

/** Whether the button or form belongs to a message that only this person sees. */
function onOwnMessage(to: Interaction): boolean {
  const flags = 'message' in to ? (to.message?.flags ?? 0) : 0;
  return (flags & MessageFlags.Ephemeral) !== 0;
}

function flagsFor(visibility: Visibility): number {
  return visibility === 'private' ? MessageFlags.Ephemeral : 0;
}

/** What the work resolves with, or undefined where the time is up first. */
async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = clock.after(ms, () => resolve(undefined));
  try {
    return await Promise.race([work, promise]);
  } finally {
    timer.cancel();
  }
}
