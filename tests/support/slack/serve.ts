// The local Slack as a process of its own: prints how to reach it as one JSON line, then serves until it is ended.
// Usage: node tests/support/slack/serve.ts [--channels 100] [--members 100] [--channel-rate] [--history-per-minute 1]
import { parseArgs } from 'node:util';
import { startLocalSlack } from './local-slack.ts';
import { APP_TOKEN } from './running-slack.ts';

const { values } = parseArgs({
  options: {
    channels: { type: 'string', default: '1' },
    members: { type: 'string', default: '1' },
    'channel-rate': { type: 'boolean', default: false },
    'history-per-minute': { type: 'string' },
  },
});
const perMinute = values['history-per-minute'];
const slack = await startLocalSlack({
  enforceChannelRate: values['channel-rate'],
  ...(perMinute === undefined ? {} : { historyPerMinute: Number(perMinute) }),
});
const { world } = slack;
const team = world.addTeam('Acme');
world.appTokens.add(APP_TOKEN);
const channels = Array.from({ length: Number(values.channels) }, (_, i) =>
  world.addChannel(team, `channel-${i}`),
);
const members = Array.from({ length: Number(values.members) }, (_, i) =>
  world.addMember(team, `Member ${i}`),
);

process.stdout.write(
  `${JSON.stringify({
    url: slack.url,
    apiUrl: slack.apiUrl,
    team: team.id,
    botToken: team.botToken,
    appToken: APP_TOKEN,
    channels: channels.map(({ id }) => id),
    members: members.map(({ id }) => id),
  })}\n`,
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void slack.close().then(() => process.exit(0)));
}
