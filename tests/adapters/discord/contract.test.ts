// Discord's adapter against the contract that every platform's must keep, on the unmodified discord.js client.
import type { PlatformFailure } from '../../../src/core/errors.ts';
import { platformContract } from '../../contract/platform-contract.ts';
import { startBotOnDiscord } from '../../support/discord/discord-harness.ts';

const MESSAGES = /^POST \/channels\/\d+\/messages$/;

const REFUSALS: Partial<Record<PlatformFailure, { status: number; code: number }>> = {
  transient: { status: 503, code: 0 },
  forbidden: { status: 403, code: 50013 },
  gone: { status: 404, code: 10003 },
  revoked: { status: 401, code: 0 },
  rejected: { status: 400, code: 50035 },
};

platformContract({
  name: 'discord',
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
  failures: ['transient', 'rate-limited', 'forbidden', 'gone', 'revoked', 'rejected'],
  start: async (inbox) => {
    const bot = await startBotOnDiscord(inbox);
    const { discord, platform } = bot;
    const workspace = { platform: 'discord', workspace: discord.guild.id };
    const alice = discord.user('alice');
    // The contract speaks to an inbox without commands: people write to the bot directly.
    return {
      platform,
      channel: { ...workspace, id: discord.general.id },
      lostChannel: { ...workspace, id: '123456789012345678' },
      person: { ...workspace, id: alice.id },
      posts: async (channel) => discord.posts(channel.id),
      directs: async (person) => discord.directs(person.id),
      types: async (line) => {
        const direct = alice.inDirect();
        direct.says(line);
        for (;;) {
          const answer = direct.sees().at(-1);
          if (answer !== undefined) return answer;
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
      loseNextResponse: () => discord.faults.next(MESSAGES, { kind: 'lost' }),
      forgetRecent: discord.forgetNonces,
      failFrom: (failure) => {
        const refusal = REFUSALS[failure];
        discord.faults.next(
          MESSAGES,
          refusal === undefined
            ? { kind: 'limited', retryAfterSeconds: 3_600 }
            : { kind: 'status', status: refusal.status, body: { code: refusal.code, message: 'No' } },
          Number.POSITIVE_INFINITY,
        );
      },
      takeRights: () => discord.deny(discord.general, 1n << 11n),
      hold: () => {
        const arrived = Promise.withResolvers<void>();
        const { promise, resolve } = Promise.withResolvers<void>();
        discord.faults.next(MESSAGES, { kind: 'held', release: promise, arrived: arrived.resolve });
        return { arrived: arrived.promise, release: resolve };
      },
      close: bot.close,
    };
  },
});
