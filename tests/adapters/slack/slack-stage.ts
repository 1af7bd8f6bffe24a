// A local Slack as a stage, over Socket Mode: the unmodified Bolt, people with payloads of their own.
import { createSlack } from '../../../src/adapters/slack/index.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { type Actor, CAST, type Seen, type Stage } from '../../journeys/stage.ts';
import { quietLog } from '../../support/app-bot.ts';
import { startLocalSlack } from '../../support/slack/local-slack.ts';
import { APP_TOKEN } from '../../support/slack/running-slack.ts';
import { createSlackDriver, type SeenAnswer } from '../../support/slack/slack-driver.ts';

export async function slackStage(): Promise<Stage> {
  const slack = await startLocalSlack();
  const team = slack.world.addTeam('Acme');
  const channel = slack.world.addChannel(team, 'general');
  slack.world.appTokens.add(APP_TOKEN);
  const driver = createSlackDriver(slack, team, channel);
  const last = new Map<Actor, SeenAnswer>();
  const person = (actor: Actor) => driver.as(actor, { admin: actor === 'admin' });
  const keep = (actor: Actor, answer: SeenAnswer | undefined): Seen => {
    if (answer !== undefined) last.set(actor, answer);
    return seen(answer);
  };
  return {
    name: 'Slack',
    people: CAST,
    channel: { platform: 'slack', workspace: team.id, id: channel.id },
    capabilities: {
      buttons: true,
      privateReplies: true,
      suggestions: false,
      edits: true,
      images: true,
      forms: true,
      direct: true,
      threads: true,
    },
    makePlatform: ({ installations }) =>
      createSlack(
        { mode: 'socket', apiUrl: slack.apiUrl, botToken: team.botToken, appToken: APP_TOKEN },
        {
          clock: systemClock,
          log: quietLog,
          rasterise: async (picture) => new TextEncoder().encode(picture.svg),
          installations,
          fatal(error) {
            throw error;
          },
        },
      ),
    types: async (actor, line) =>
      keep(actor, await person(actor).types(line.replace(/^\//, '/responsibot '))),
    async presses(actor, label, on) {
      const mine = on === 'reply' ? last.get(actor) : undefined;
      if (mine !== undefined) return keep(actor, await mine.presses(label));
      const post = driver
        .channelPosts(channel, person(actor))
        .findLast(({ buttons }) => buttons.includes(label));
      if (post === undefined) throw new Error(`no post has a button ${label}`);
      return keep(actor, await post.presses(label));
    },
    posts: async () => driver.channelPosts(channel).map(seen),
    close: () => slack.close(),
  };
}

function seen(answer: SeenAnswer | undefined): Seen {
  if (answer === undefined) return { text: '', buttons: [] };
  return { text: answer.text, private: answer.visibility === 'private', buttons: answer.buttons };
}
