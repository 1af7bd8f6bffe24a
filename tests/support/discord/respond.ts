// How the local Discord takes a bot's answers to interactions: once, and within three seconds.
import { PATIENCE_MS, type Pending } from './interactions.ts';
import { addMessage, changeMessage } from './messages.ts';
import type { Call, RestState } from './rest.ts';
import { Refusal, unknown } from './rights.ts';

/** The first response. */
export function respond(state: RestState, { params, body, files }: Call): unknown {
  const pending = state.interactions.get(params[1] ?? '');
  if (pending === undefined || pending.id !== params[0]) throw unknown(10062, 'interaction');
  if (pending.response !== undefined)
    throw new Refusal(400, 40060, 'Interaction has already been acknowledged.');
  if (performance.now() - pending.sentAt > PATIENCE_MS) throw unknown(10062, 'interaction');
  const { type, data = {} } = body as unknown as { type: number; data?: Record<string, unknown> };
  const onlyFor = (Number(data.flags ?? 0) & 64) !== 0 ? { onlyFor: pending.user.id } : {};
  const add = (content: object) =>
    addMessage(state.world, pending.channel, content, { author: state.world.bot, files, ...onlyFor });
  if (type === 4) {
    pending.original = add(data);
    pending.answer(pending.original);
  } else if (type === 5) {
    pending.original = add({
      content: 'Responsibot is thinking…',
      flags: data.flags,
      allowed_mentions: { parse: [] },
    });
  } else if (type === 6 && pending.pressed !== undefined) {
    pending.original = pending.pressed;
  } else if (type === 7 && pending.pressed !== undefined) {
    pending.original = changeMessage(state.world, pending.pressed, data, files);
    pending.answer(pending.original);
  } else if (type === 8) {
    pending.choices = data.choices as { name: string; value: string }[];
    pending.answer(undefined);
  } else if (type === 9) {
    pending.modal = data as never;
    pending.answer(undefined);
  }
  pending.acknowledge(type);
  return undefined;
}

/** The interaction that a later message belongs to. */
export function answering(state: RestState, token: string | undefined): Pending {
  const pending = state.interactions.get(token ?? '');
  if (pending?.response === undefined) throw unknown(10015, 'Webhook');
  return pending;
}
