// A person on the local Discord server: types commands, presses buttons, fills forms, and reads what comes back.
import type { APIApplicationCommandOption, APIUser } from 'discord.js';
import type { LeafSpec } from '../../../src/core/command.ts';
import { splitLine } from '../../../src/core/parse-args.ts';
import type { Gateway } from './gateway.ts';
import { createPending, interactionEvent, type Modal, PATIENCE_MS, type Pending } from './interactions.ts';
import { addMessage } from './messages.ts';
import { buttonsOf, type Seen, seen } from './seen.ts';
import type { Channel, Stored, World } from './world.ts';

/** What somebody gets: a message, or a form to fill. */
export interface Got extends Seen {
  /** Set where a form opened: its title and its fields' labels by id. */
  readonly form?: { readonly title: string; readonly fields: Readonly<Record<string, string>> };
  /** Milliseconds until the bot's first response. */
  readonly ackMs: number;
  /** Whether "thinking …" was shown first. */
  readonly deferred: boolean;
}

export interface FakeUser {
  readonly id: string;
  readonly name: string;
  /** The same person in another channel, in the direct conversation with the bot, or with only a personal install. */
  in(channel: Channel): FakeUser;
  inDirect(): FakeUser;
  installedAlone(): FakeUser;
  /** `/daily set 09:00 Europe/Berlin` or `/daily set time:09:00`, as the registered options take it. */
  types(line: string): Promise<Got>;
  /** What is offered while the last word is typed: `/who question:patch`. */
  completes(line: string): Promise<readonly string[]>;
  /** Presses the newest button with that label, or the one of a message. */
  presses(label: string, message?: { readonly id: string }): Promise<Got>;
  /** Presses a button of any id, forged ones too. */
  pressesId(customId: string): Promise<Got>;
  /** Fills the form that the last command or press opened. */
  submits(fields: Readonly<Record<string, string>>): Promise<Got>;
  /** Chooses an entry of a message's menu. */
  chooses(entry: string, text: string): Promise<Got>;
  /** Says something in the channel; the bot hears of it. `@bot` mentions it. Resolves with its id. */
  says(text: string): string;
  /** All that this person sees of the bot in the channel, oldest first. */
  sees(): readonly Seen[];
}

interface Seat {
  readonly world: World;
  readonly gateway: Gateway;
  readonly interactions: Map<string, Pending>;
  readonly account: APIUser;
  readonly channel: Channel;
  readonly guildInstalled?: boolean;
}

const MODAL = 9;

export function createFakeUser(seat: Seat): FakeUser {
  const { world, gateway, interactions, account, channel, guildInstalled = true } = seat;
  let open: { modal: Modal; pressed?: Stored } | undefined;

  const send = (type: number, data: object, pressed?: Stored): Pending => {
    const pending = createPending(world, {
      user: account,
      channel,
      ...(pressed === undefined ? {} : { pressed }),
    });
    interactions.set(pending.token, pending);
    const { event, guildId } = interactionEvent(world, pending, type, data, guildInstalled);
    gateway.dispatch('INTERACTION_CREATE', event, guildId);
    return pending;
  };

  /** Waits as Discord does: three seconds for a first response, then for the answer itself. */
  const outcome = async (pending: Pending, what: string): Promise<Got> => {
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what}: the application did not respond`)), PATIENCE_MS);
    });
    const type = await Promise.race([pending.acknowledged, impatience]).finally(() => clearTimeout(timer));
    if (type === MODAL && pending.modal !== undefined) {
      open = { modal: pending.modal, ...(pending.pressed === undefined ? {} : { pressed: pending.pressed }) };
    }
    const answered =
      type === 6 && pending.original === pending.pressed ? await laterOr(pending) : await pending.answered;
    const shown = answered === undefined ? nothing() : seen(answered);
    return {
      ...shown,
      ...(pending.modal === undefined ? {} : { form: formOf(pending.modal) }),
      ackMs: pending.ackMs ?? 0,
      deferred: type === 5 || type === 6,
    };
  };

  const mine = (): Stored[] =>
    (world.messages.get(channel.id) ?? []).filter(
      ({ onlyFor, deleted, message }) =>
        !deleted && message.author.id === world.bot.id && (onlyFor === undefined || onlyFor === account.id),
    );

  const press = (customId: string, stored: Stored): Promise<Got> => {
    const pending = send(3, { component_type: 2, custom_id: customId, id: 1 }, stored);
    return outcome(pending, `pressing ${customId}`);
  };

  const user: FakeUser = {
    id: account.id,
    name: account.username,
    in: (other) => createFakeUser({ ...seat, channel: other }),
    inDirect: () => createFakeUser({ ...seat, channel: world.directWith(account) }),
    installedAlone: () => createFakeUser({ ...seat, guildInstalled: false }),
    async types(line) {
      const pending = send(2, commandData(world, channel, line));
      return outcome(pending, line);
    },
    async completes(line) {
      const data = commandData(world, channel, line, true);
      const pending = send(4, data);
      await outcome(pending, line);
      return (pending.choices ?? []).map(({ value }) => value);
    },
    presses(label, message) {
      const candidates = mine().filter((stored) => message === undefined || stored.message.id === message.id);
      for (const stored of candidates.toReversed()) {
        const button = buttonsOf(stored.message).find(
          (candidate) => candidate.label === label && !candidate.disabled,
        );
        if (button !== undefined) return press(button.customId, stored);
      }
      const labels = candidates.flatMap(({ message: m }) => buttonsOf(m).map((button) => button.label));
      throw new Error(`${account.username} sees no button "${label}", only ${labels.join(', ') || 'none'}`);
    },
    pressesId(customId) {
      const stored = mine().at(-1);
      if (stored === undefined) throw new Error('there is no message to press on');
      return press(customId, stored);
    },
    async submits(fields) {
      if (open === undefined) throw new Error(`${account.username} has no form open`);
      const { modal, pressed } = open;
      open = undefined;
      const components = modal.components.map(({ component }, i) => ({
        type: 18,
        id: i * 2,
        component: {
          id: i * 2 + 1,
          type: component.type,
          custom_id: component.custom_id,
          ...(component.type === 3
            ? { values: fields[component.custom_id] === undefined ? [] : [fields[component.custom_id]] }
            : { value: fields[component.custom_id] ?? '' }),
        },
      }));
      return outcome(send(5, { custom_id: modal.custom_id, components }, pressed), 'submitting a form');
    },
    async chooses(entry, text) {
      const target = addMessage(world, channel, { content: text }, { author: account });
      const data = {
        id: commandId(world, channel, entry, 3),
        type: 3,
        name: entry,
        target_id: target.message.id,
        resolved: { messages: { [target.message.id]: target.message } },
      };
      return outcome(send(2, data), entry);
    },
    says(text) {
      const content = text.replaceAll('@bot', `<@${world.bot.id}>`);
      const { message } = addMessage(world, channel, { content }, { author: account });
      const mentioned = content.includes(`<@${world.bot.id}>`);
      const member =
        channel.guild_id === undefined
          ? undefined
          : world.guilds.get(channel.guild_id)?.members.get(account.id);
      const { user: _, ...bare } = member ?? { user: account };
      gateway.dispatch(
        'MESSAGE_CREATE',
        {
          ...message,
          // Without the privilege Discord shows a bot the text only of what is said to it.
          content: mentioned || channel.guild_id === undefined ? content : '',
          mentions: mentioned ? [world.bot] : [],
          ...(channel.guild_id === undefined ? {} : { guild_id: channel.guild_id, member: bare }),
        },
        channel.guild_id,
      );
      return message.id;
    },
    sees: () => mine().map(seen),
  };
  return user;
}

/** A press that only says "received" may still be followed by an answer. */
async function laterOr(pending: Pending): Promise<Stored | undefined> {
  return Promise.race([
    pending.answered,
    new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS)),
  ]);
}

function nothing(): Seen {
  return { id: '', text: '', buttons: [], pictures: [], pings: [], private: true };
}

function formOf(modal: Modal): NonNullable<Got['form']> {
  return {
    title: modal.title,
    fields: Object.fromEntries(modal.components.map((part) => [part.component.custom_id, part.label])),
  };
}

function registered(world: World, channel: Channel, name: string, type: number) {
  const all = [
    ...(world.commands.get(channel.guild_id ?? '') ?? []),
    ...(world.commands.get('global') ?? []),
  ];
  const command = all.find((candidate) => candidate.name === name && (candidate.type ?? 1) === type);
  if (command === undefined)
    throw new Error(`Discord knows no command ${name}: ${all.map((c) => c.name).join(', ')}`);
  return command;
}

function commandId(world: World, channel: Channel, name: string, type: number): string {
  return registered(world, channel, name, type).id;
}

/** The typed line as Discord's client sends it: options by type, from the registered command. */
function commandData(world: World, channel: Channel, line: string, focus = false): object {
  const [, name = '', rest = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  const command = registered(world, channel, name, 1);
  const subs = (command.options ?? []).filter((option) => option.type === 1);
  const [, subName = '', after = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
  const sub = subs.find((candidate) => candidate.name === subName);
  if (subs.length > 0 && sub === undefined) throw new Error(`Discord knows no ${line}`);
  const specs = (sub === undefined ? command.options : 'options' in sub ? sub.options : []) ?? [];
  const options = values(specs as Option[], sub === undefined ? rest : after, focus);
  return {
    id: command.id,
    type: 1,
    name,
    options: sub === undefined ? options : [{ type: 1, name: sub.name, options }],
  };
}

/** `time:09:00 close:24`: each value goes on to the next option's name, as in Discord's own field. */
function named(specs: readonly Option[], typed: string): Record<string, string> | undefined {
  const names = specs.map((spec) => spec.name).join('|');
  const parts = typed.split(new RegExp(`(?:^|\\s+)(${names}):\\s*`)).slice(1);
  if (names === '' || parts.length === 0 || !new RegExp(`^(${names}):`).test(typed)) return undefined;
  return Object.fromEntries(parts.flatMap((name, i) => (i % 2 === 0 ? [[name, parts[i + 1] ?? '']] : [])));
}

type Option = APIApplicationCommandOption & { choices?: { value: string | number }[]; max_length?: number };

function values(specs: readonly Option[], typed: string, focus: boolean): object[] {
  const texts = specs.filter((spec) => spec.type === 3 && spec.choices === undefined);
  const args = Object.fromEntries(
    specs.map((spec) => [
      spec.name,
      spec.choices === undefined
        ? { kind: 'text', summary: '', rest: spec === texts.at(-1) }
        : { kind: 'choice', summary: '', choices: spec.choices.map(({ value }) => String(value)) },
    ]),
  );
  const raw = named(specs, typed) ?? splitLine({ args } as unknown as LeafSpec, '', typed);
  for (const spec of specs) {
    if (spec.required === true && raw[spec.name] === undefined)
      throw new Error(`Discord asks for ${spec.name} first`);
  }
  return Object.entries(raw).map(([name, value], i, all) => ({
    name,
    type: specs.find((spec) => spec.name === name)?.type,
    value: specs.find((spec) => spec.name === name)?.type === 4 ? Number(value) : String(value),
    ...(focus && i === all.length - 1 ? { focused: true } : {}),
  }));
}
