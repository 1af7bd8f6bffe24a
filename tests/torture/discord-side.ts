// The local Discord, for the torture.
import { decodeAction } from '../../src/core/action.ts';
import type { ChannelRef } from '../../src/core/refs.ts';
import { startLocalDiscord, TOKEN } from '../support/discord/local-discord.ts';
import { buttonsOf, seen } from '../support/discord/seen.ts';
import type { Channel, Stored } from '../support/discord/world.ts';
import { MEMBERS, type Side, type SideOptions } from './side.ts';

export async function startDiscordSide({ channels, now, onRequest }: SideOptions): Promise<Side> {
  const discord = await startLocalDiscord({ now });
  const { world, guild } = discord;
  discord.requests.push = (...calls) => {
    for (const { method, path } of calls) onRequest(`${method} ${path}`);
    return 0;
  };
  const workspace = { platform: 'discord', workspace: guild.id };
  const places = new Map<string, Channel>();
  const refs: ChannelRef[] = [];
  for (let i = 0; i < channels; i++) {
    const place = world.addChannel(guild, `daily-${i}`);
    places.set(place.id, place);
    refs.push({ ...workspace, id: place.id });
  }
  const admin = discord.user('admin', { admin: true });
  const people = MEMBERS.map((name) => discord.user(name));
  const placeOf = ({ id }: ChannelRef): Channel => places.get(id) as Channel;
  const messages = ({ id }: ChannelRef): Stored[] =>
    (world.messages.get(id) ?? []).filter(
      ({ onlyFor, message }) => onlyFor === undefined && message.author.id === world.bot.id,
    );
  const roundOf = ({ message }: Stored): string | undefined =>
    decodeAction(buttonsOf(message)[0]?.customId ?? '')?.args[0];

  return {
    platform: 'discord',
    env: { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.url },
    channels: refs,
    members: people.map(({ id }) => ({ ...workspace, id })),
    administer: async (channel, line) => (await admin.in(placeOf(channel)).types(`/${line}`)).text,
    press(channel, member, choice, old) {
      const open = messages(channel).filter((stored) => roundOf(stored) !== undefined);
      const stored = open.at(old ? -2 : -1);
      const person = people[member];
      const round = stored && roundOf(stored);
      if (stored === undefined || person === undefined || round === undefined) return undefined;
      const buttons = buttonsOf(stored.message);
      const { label = '' } = buttons[choice % buttons.length] ?? {};
      const told = person
        .in(placeOf(channel))
        .presses(label, stored.message)
        .then((got) => got.text);
      return { round, user: { ...workspace, id: person.id }, told };
    },
    posts: (channel) =>
      messages(channel).map((stored) => {
        const round = roundOf(stored);
        const { id, text } = seen(stored);
        return round === undefined ? { id, text } : { id, text, round };
      }),
    directs: () => [admin, ...people].flatMap(({ id }) => discord.directs(id)).map(({ text }) => text),
    problems: () => discord.violations,
    stop: () => discord.stop(),
  };
}
