// Slack keeps the contract that every platform keeps, in Socket Mode and over HTTP.

import { slackChannel, slackUser } from '../../../src/adapters/slack/refs.ts';
import type { PlatformFailure } from '../../../src/core/errors.ts';
import type { ChannelRef } from '../../../src/core/refs.ts';
import { platformContract, type SeenMessage } from '../../contract/platform-contract.ts';
import type { Fault } from '../../support/slack/faults.ts';
import { type Mode, runSlack } from '../../support/slack/running-slack.ts';
import type { SeenAnswer } from '../../support/slack/slack-driver.ts';

const FAULTS: Record<PlatformFailure, Fault> = {
  transient: { status: 503 },
  'rate-limited': { retryAfter: 7 },
  forbidden: { error: 'not_in_channel' },
  gone: { error: 'is_archived' },
  revoked: { error: 'token_revoked' },
  rejected: { error: 'msg_too_long' },
};

for (const mode of ['socket', 'http'] satisfies Mode[]) {
  platformContract({
    name: `Slack (${mode})`,
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
    failures: Object.keys(FAULTS) as PlatformFailure[],
    async start(inbox) {
      const running = await runSlack(inbox, { mode });
      const { slack, driver, platform } = running;
      const { team, channel } = driver;
      const alice = driver.as('Alice');
      const placeOf = (ref: ChannelRef) => slack.world.channels.get(ref.id) ?? channel;
      return {
        platform,
        channel: slackChannel(team.id, channel.id),
        lostChannel: slackChannel(team.id, 'C0GONE'),
        person: slackUser(team.id, alice.member.id),
        posts: async (ref) =>
          driver.channelPosts(placeOf(ref)).map((post) => {
            const thread = placeOf(ref).messages.find((one) => one.thread_ts === post.id);
            return { ...seen(post), ...(thread === undefined ? {} : { thread: thread.text }) };
          }),
        directs: async () => driver.directs(alice).map(seen),
        types: async (line) => {
          const answer = await alice.types(`/responsibot ${line}`);
          return answer === undefined ? undefined : seen(answer);
        },
        loseNextResponse: () => slack.faults.plan('chat.postMessage', { lost: true }),
        forgetRecent: () => {},
        failFrom: (failure) => slack.faults.plan('chat.postMessage', FAULTS[failure], 100),
        takeRights: () => {
          channel.member = false;
        },
        hold() {
          const arrived = Promise.withResolvers<void>();
          const released = Promise.withResolvers<void>();
          slack.faults.plan('chat.postMessage', { until: released.promise, arrived: arrived.resolve });
          return { arrived: arrived.promise, release: released.resolve };
        },
        close: running.close,
      };
    },
  });
}

function seen({ id, text, buttons, pictures, pings }: SeenAnswer): SeenMessage {
  return { id, text, buttons, pictures, pings };
}
