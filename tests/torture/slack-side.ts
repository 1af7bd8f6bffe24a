// The local Slack, for the torture.
import { decodeAction } from '../../src/core/action.ts';
import type { ChannelRef } from '../../src/core/refs.ts';
import { startLocalSlack } from '../support/slack/local-slack.ts';
import { buttonsOf, visibleText } from '../support/slack/seen.ts';
import { createSlackDriver } from '../support/slack/slack-driver.ts';
import type { Channel, Message } from '../support/slack/world.ts';
import { MEMBERS, type Side, type SideOptions } from './side.ts';

const APP_TOKEN = 'xapp-1-A0-torture';

export async function startSlackSide({ channels, now, onRequest }: SideOptions): Promise<Side> {
  const slack = await startLocalSlack({ now, enforceChannelRate: true });
  slack.calls.push = (...calls) => {
    for (const { method } of calls) onRequest(method);
    return 0;
  };
  const { world } = slack;
  world.appTokens.add(APP_TOKEN);
  const team = world.addTeam('Acme');
  const driver = createSlackDriver(slack, team, world.addChannel(team, 'general'));
  const workspace = { platform: 'slack', workspace: team.id };
  const places = new Map<string, Channel>();
  const refs: ChannelRef[] = [];
  for (let i = 0; i < channels; i++) {
    const place = world.addChannel(team, `daily-${i}`);
    places.set(place.id, place);
    refs.push({ ...workspace, id: place.id });
  }
  const admin = driver.as('admin', { admin: true });
  const people = MEMBERS.map((name) => driver.as(name));
  const placeOf = ({ id }: ChannelRef): Channel => places.get(id) as Channel;
  const messages = (channel: ChannelRef): Message[] =>
    placeOf(channel).messages.filter(
      ({ user, ephemeralFor, thread_ts }) =>
        user === team.botUser && ephemeralFor === undefined && thread_ts === undefined,
    );
  const roundOf = ({ blocks }: Message): string | undefined => {
    const [button] = buttonsOf(blocks);
    return button && (decodeAction(button.value) ?? decodeAction(button.actionId))?.args[0];
  };

  return {
    platform: 'slack',
    env: { SLACK_BOT_TOKEN: team.botToken, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.apiUrl },
    channels: refs,
    members: people.map(({ member }) => ({ ...workspace, id: member.id })),
    administer: async (channel, line) =>
      (await admin.types(`/responsibot ${line}`, placeOf(channel)))?.text ?? '',
    press(channel, member, choice, old) {
      const message = messages(channel)
        .filter((candidate) => roundOf(candidate) !== undefined)
        .at(old ? -2 : -1);
      const person = people[member];
      const round = message && roundOf(message);
      if (message === undefined || person === undefined || round === undefined) return undefined;
      const buttons = buttonsOf(message.blocks);
      const label = buttons[choice % buttons.length]?.label ?? '';
      const shown = driver.channelPosts(placeOf(channel), person).find(({ id }) => id === message.ts);
      const told = Promise.resolve(shown?.pressesAs(person.member, label)).then((answer) => {
        if (answer === undefined) throw new Error('nothing came');
        return answer.text;
      });
      return { round, user: { ...workspace, id: person.member.id }, told };
    },
    posts: (channel) =>
      messages(channel).map((message) => {
        const round = roundOf(message);
        const shown = { id: message.ts, text: visibleText(message) };
        return round === undefined ? shown : { ...shown, round };
      }),
    directs: () => [admin, ...people].flatMap((person) => driver.directs(person)).map(({ text }) => text),
    problems: () => [...slack.problems, ...[...places.values()].flatMap(doubleThreads)],
    stop: () => slack.close(),
  };
}

/** Posts under which a thread was opened more than once. */
function doubleThreads({ messages }: Channel): string[] {
  const openers = messages.filter(({ metadata }) => metadata?.event_type === 'responsibot_thread');
  const opened = Map.groupBy(openers, ({ thread_ts }) => thread_ts);
  return [...opened]
    .filter(([, those]) => those.length > 1)
    .map(([ts, { length }]) => `the thread of ${ts} was opened ${length} times`);
}
