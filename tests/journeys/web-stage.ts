// The playground as a stage: its pretend people, over HTTP.
import { createWeb } from '../../src/adapters/web/index.ts';
import type { Platform } from '../../src/core/ports.ts';
import { quietLog } from '../support/app-bot.ts';
import { pageFolder } from '../support/web/serve.ts';
import { createWebDriver, type SeenMessage, type WebDriver } from '../support/web/web-driver.ts';
import type { Actor, Seen, Stage } from './stage.ts';

const NAMES: Readonly<Partial<Record<Actor, string>>> = {
  admin: 'ada',
  ann: 'ben',
  bob: 'chidi',
  carol: 'dana',
};
const CHANNEL = 'general';

export async function webStage(): Promise<Stage> {
  let driver: WebDriver | undefined;
  const person = (actor: Actor) => {
    if (driver === undefined) throw new Error('the playground has not started');
    return driver.as(NAMES[actor] ?? actor);
  };
  const posts = async () => (await driver?.channelPosts(CHANNEL)) ?? [];
  return {
    name: 'the playground',
    people: ['admin', 'ann', 'bob', 'carol'],
    channel: { platform: 'web', workspace: 'playground', id: CHANNEL },
    get capabilities() {
      return make(async () => {}).capabilities;
    },
    makePlatform: ({ clock, installations }) => {
      const web = createWeb(
        { host: '127.0.0.1', port: 0, page: pageFolder() },
        { clock, log: quietLog, installations },
      );
      return {
        ...web,
        async start(inbox) {
          const url = await web.start(inbox);
          driver = createWebDriver(url);
          return url;
        },
      };
    },
    types: async (actor, line) => seen(await person(actor).types(line, CHANNEL)),
    async presses(actor, label, on) {
      if (on === 'reply') return seen(await person(actor).presses(label));
      const post = (await posts()).findLast(({ buttons }) => buttons.includes(label));
      return seen(await person(actor).presses(label, post));
    },
    posts: async () => (await posts()).map(seen),
    close: async () => {},
  };

  function make(_: () => Promise<void>): Platform {
    return createWeb(
      { host: '127.0.0.1', port: 0, page: pageFolder() },
      {
        clock: { now: () => 0, after: () => ({ cancel() {} }) },
        log: quietLog,
        installations: { put: async () => {}, get: async () => undefined },
      },
    );
  }
}

function seen(message: SeenMessage | undefined): Seen {
  if (message === undefined) return { text: '', buttons: [] };
  return { text: message.text, private: message.visibility === 'private', buttons: message.buttons };
}
