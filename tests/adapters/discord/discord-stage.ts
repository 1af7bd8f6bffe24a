// A local Discord as a stage: the unmodified discord.js, people who type and press on a server.
import { createDiscord } from '../../../src/adapters/discord/index.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { type Actor, CAST, type Seen, type Stage } from '../../journeys/stage.ts';
import { quietLog } from '../../support/app-bot.ts';
import type { FakeUser, Got } from '../../support/discord/fake-user.ts';
import { type LocalDiscord, startLocalDiscord, TOKEN } from '../../support/discord/local-discord.ts';

export interface DiscordStage extends Stage {
  readonly discord: LocalDiscord;
}

export async function discordStage(): Promise<DiscordStage> {
  let now = () => Date.now();
  const discord = await startLocalDiscord({ now: () => now() });
  const people = new Map<Actor, FakeUser>();
  const last = new Map<Actor, Got>();
  const person = (actor: Actor): FakeUser => {
    const known = people.get(actor) ?? discord.user(actor, { admin: actor === 'admin' });
    people.set(actor, known);
    return known;
  };
  const keep = (actor: Actor, got: Got): Seen => {
    last.set(actor, got);
    return { text: got.text, private: got.private, buttons: got.buttons };
  };
  return {
    discord,
    name: 'Discord',
    people: CAST,
    channel: { platform: 'discord', workspace: discord.guild.id, id: discord.general.id },
    capabilities: {
      buttons: true,
      privateReplies: true,
      suggestions: true,
      edits: true,
      images: true,
      forms: true,
      direct: true,
      threads: true,
    },
    makePlatform({ clock }) {
      now = () => clock.now();
      return createDiscord(
        { token: TOKEN, apiUrl: discord.url },
        {
          clock: systemClock,
          log: quietLog,
          rasterise: async (picture) => new TextEncoder().encode(picture.svg),
          fatal(error) {
            throw error;
          },
        },
      );
    },
    types: async (actor, line) => keep(actor, await person(actor).types(line)),
    async presses(actor, label, on) {
      const reply = on === 'reply' ? last.get(actor) : undefined;
      const post = discord.posts(discord.general.id).findLast(({ buttons }) => buttons.includes(label));
      return keep(actor, await person(actor).presses(label, reply ?? post));
    },
    posts: async () => discord.posts(discord.general.id),
    async close() {
      await discord.stop();
      if (discord.violations.length > 0) throw new Error(discord.violations.join('\n'));
    },
  };
}
