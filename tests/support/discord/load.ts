// Load on a bot: interactions at an even rate, by many people, with the time of each acknowledgement.
import { createPending, interactionEvent, type Pending } from './interactions.ts';
import type { LocalDiscord } from './local-discord.ts';
import { addMessage } from './messages.ts';
import { buttonsOf } from './seen.ts';
import type { Channel, Stored } from './world.ts';

export interface LoadResult {
  readonly sent: number;
  /** Not acknowledged within three seconds, or not answered within ten. */
  readonly failed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface LoadOptions {
  readonly perSecond: number;
  readonly seconds: number;
  readonly people: number;
  readonly channel: Channel;
  /** What is done, in turn: a command's line, its completion, or a press on the channel's latest question. */
  readonly acts: readonly Act[];
}

export type Act =
  | { readonly kind: 'command'; readonly name: string; readonly options: Readonly<Record<string, string>> }
  | { readonly kind: 'complete'; readonly name: string; readonly option: string; readonly partial: string }
  | { readonly kind: 'press' };

const ACK_MS = 3_000;
const ANSWER_MS = 10_000;

/** Sends `perSecond × seconds` interactions at their due times, also after a pause of this process. */
export async function runLoad(discord: LocalDiscord, options: LoadOptions): Promise<LoadResult> {
  const { perSecond, seconds, acts, channel } = options;
  const people = Array.from({ length: options.people }, (_, i) => discord.user(`member-${i}`));
  const total = Math.round(perSecond * seconds);
  const acks: number[] = [];
  let failed = 0;
  const ended: Promise<void>[] = [];
  const begun = performance.now();
  const act = (number: number): void => {
    const person = discord.world.user(people[number % people.length]?.name ?? '');
    const pending = send(discord, channel, person, acts[number % acts.length] as Act);
    ended.push(
      outcome(pending).then((ok) => {
        discord.interactions.delete(pending.token);
        if (!ok) failed += 1;
        if (pending.ackMs !== undefined) acks.push(pending.ackMs);
      }),
    );
  };
  await new Promise<void>((resolve) => {
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * perSecond));
      for (; sent < due; sent++) act(sent);
      if (sent < total) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
  await Promise.all(ended);
  acks.sort((a, b) => a - b);
  const at = (share: number) => acks[Math.min(acks.length - 1, Math.floor(acks.length * share))] ?? 0;
  return { sent: total, failed, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

function send(discord: LocalDiscord, channel: Channel, user: Pending['user'], act: Act): Pending {
  const { world, gateway, interactions } = discord;
  const pressed = act.kind === 'press' ? latestQuestion(discord, channel) : undefined;
  const pending = createPending(world, { user, channel, ...(pressed === undefined ? {} : { pressed }) });
  interactions.set(pending.token, pending);
  const { event, guildId } = interactionEvent(world, pending, typeOf(act), dataOf(act, pressed), true);
  gateway.dispatch('INTERACTION_CREATE', event, guildId);
  return pending;
}

function typeOf(act: Act): number {
  return act.kind === 'command' ? 2 : act.kind === 'complete' ? 4 : 3;
}

function dataOf(act: Act, pressed: Stored | undefined): object {
  switch (act.kind) {
    case 'command': {
      const options = Object.entries(act.options).map(([name, value]) => ({ type: 3, name, value }));
      return { id: '1', type: 1, name: act.name, options };
    }
    case 'complete': {
      const option = { type: 3, name: act.option, value: act.partial, focused: true };
      return { id: '1', type: 1, name: act.name, options: [option] };
    }
    case 'press': {
      const button = pressed === undefined ? undefined : buttonsOf(pressed.message)[0];
      return { component_type: 2, id: 1, custom_id: button?.customId ?? '' };
    }
  }
}

/** The open question, or, for a bot that posts none, a message with a button. */
function latestQuestion({ world }: LocalDiscord, channel: Channel): Stored {
  const found = (world.messages.get(channel.id) ?? []).findLast(
    ({ message, onlyFor }) => onlyFor === undefined && buttonsOf(message).length > 0,
  );
  const button = { type: 2, style: 2, label: 'AWS', custom_id: '1|daily.answer|1|0' };
  const components = [{ type: 1, components: [button] }];
  return found ?? addMessage(world, channel, { content: 'Question', components }, { author: world.bot });
}

async function outcome(pending: Pending): Promise<boolean> {
  return (await within(pending.acknowledged, ACK_MS)) && (await within(pending.answered, ANSWER_MS));
}

async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}
