// The journeys of every platform, played on the playground over HTTP.
import { createWeb } from '../../../src/adapters/web/index.ts';
import type { Platform } from '../../../src/core/ports.ts';
import { journeys } from '../../journeys/journeys.ts';
import { type Actor, CAST, type Seen } from '../../journeys/stage.ts';
import { quietLog } from '../../support/app-bot.ts';
import { createWebDriver, type SeenMessage } from '../../support/web/web-driver.ts';
import { PAGE } from './playground-harness.ts';

/** The pretend people who play the cast; the first is the administrator. */
const PEOPLE: Readonly<Record<Actor, string>> = {
  admin: 'ada',
  ann: 'ben',
  bob: 'chidi',
  carol: 'dana',
  dave: 'emil',
  eve: 'farah',
};

journeys('web', async () => {
  let url = '';
  const last = new Map<Actor, SeenMessage>();
  const driver = () => createWebDriver(url);
  const got = (actor: Actor, message: SeenMessage | undefined): Seen => {
    if (message === undefined) throw new Error(`${actor} got no answer`);
    last.set(actor, message);
    return seen(message);
  };
  return {
    name: 'web',
    people: CAST,
    capabilities: {
      buttons: true,
      privateReplies: true,
      suggestions: true,
      edits: true,
      images: true,
      forms: true,
      direct: true,
      threads: false,
    },
    channel: { platform: 'web', workspace: 'playground', id: 'general' },
    makePlatform({ clock, installations }): Platform {
      const web = createWeb(
        { host: '127.0.0.1', port: 0, page: PAGE },
        { clock, log: quietLog, installations },
      );
      return {
        ...web,
        async start(inbox) {
          url = await web.start(inbox);
          return url;
        },
      };
    },
    types: async (actor, line) => got(actor, await driver().as(PEOPLE[actor]).types(line)),
    async presses(actor, label, on) {
      const target = on === 'post' ? (await driver().channelPosts()).at(-1) : last.get(actor);
      if (target === undefined) throw new Error(`${actor} sees nothing to press`);
      return got(actor, await driver().as(PEOPLE[actor]).presses(label, target));
    },
    posts: async () => (await driver().channelPosts()).map(seen),
    close: async () => {},
  };
});

function seen({ text, visibility, buttons }: SeenMessage): Seen {
  return { text, buttons, private: visibility === 'private' };
}
