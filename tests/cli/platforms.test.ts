// The whole product as one process on three platforms at once: it says which are ready, answers on each, and ends well.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { startLocalDiscord, TOKEN } from '../support/discord/local-discord.ts';
import { startLocalSlack } from '../support/slack/local-slack.ts';
import { APP_TOKEN } from '../support/slack/running-slack.ts';
import { createSlackDriver } from '../support/slack/slack-driver.ts';
import { temporaryFolder } from './cli-run.ts';

// A whole process with every SDK takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const bin = fileURLToPath(new URL('../../bin/responsibot.js', import.meta.url));

it('Discord, Slack and the page run side by side, and each answers', async () => {
  const discord = await startLocalDiscord();
  const slack = await startLocalSlack();
  const team = slack.world.addTeam('Acme');
  slack.world.appTokens.add(APP_TOKEN);
  const people = createSlackDriver(slack, team, slack.world.addChannel(team, 'general'));
  const bot = spawn(process.execPath, [bin, 'start'], {
    cwd: temporaryFolder(),
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      PLAYGROUND: 'true',
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: discord.url,
      SLACK_BOT_TOKEN: team.botToken,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const ready: string[] = [];
    for await (const line of createInterface({ input: bot.stdout })) {
      if (ready.push(line) === 3) break;
    }
    expect(ready.sort()).toEqual([
      expect.stringMatching(/^ready discord /),
      'ready slack Acme',
      expect.stringMatching(/^ready web http:\/\/127\.0\.0\.1:\d+\/$/),
    ]);
    const onDiscord = await discord.user('alice').types('/who question:patches EC2');
    expect(onDiscord.text).toContain('Amazon EC2');
    const onSlack = await people.as('alice').types('/responsibot patches EC2');
    expect(onSlack?.text).toContain('Amazon EC2');
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
  } finally {
    bot.kill('SIGKILL');
    await slack.close();
    await discord.stop();
  }
});
