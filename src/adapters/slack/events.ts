// Events: mentions, direct messages, and what happens to channels and installations.
import type { App } from '@slack/bolt';
import type { WorkspaceRef } from '../../core/refs.ts';
import type { Button, Reply } from '../../core/reply.ts';
import { isEmpty } from './answer.ts';
import { calledBy, mentionLine } from './decode.ts';
import type { Desk } from './desk.ts';
import { slackChannel, slackWorkspace } from './refs.ts';
import { render } from './render.ts';

/** The events that the manifest subscribes to, with the reason why a channel is lost. */
const LOST_CHANNEL = {
  channel_archive: 'the channel was archived',
  channel_deleted: 'the channel was deleted',
  channel_left: 'the bot was removed from the channel',
  group_archive: 'the channel was archived',
  group_deleted: 'the channel was deleted',
  group_left: 'the bot was removed from the channel',
} as const;

export const BOT_EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  ...Object.keys(LOST_CHANNEL),
  'message.im',
  'tokens_revoked',
] as const;

/** `forget` drops an installation that Slack ended. Bolt acknowledges events before it calls these. */
export function listenToEvents(
  app: App,
  desk: Desk,
  forget: (workspace: WorkspaceRef) => Promise<void>,
): void {
  app.event('app_mention', ({ event, body, context }) =>
    desk.run('app_mention', async () => {
      const { user, channel, text } = event;
      if (user === undefined) return;
      const team = context.teamId ?? body.team_id;
      const thread = event.thread_ts ?? event.ts;
      const workspace = await desk.workspace(team);
      const line = mentionLine(text, workspace.botUser);
      const reply = await desk.inbox.command(await desk.lineCall({ team, user, channel }, line, true));
      if (isEmpty(reply)) return;
      if (mayBeSaidAloud(desk, line, reply)) {
        return desk.posts.say(workspace, channel, withoutSharing(desk, reply), thread);
      }
      await desk.api(workspace, 'chat.postEphemeral', () =>
        workspace.client.chat.postEphemeral({ channel, user, thread_ts: thread, ...render(reply) }),
      );
    }),
  );

  app.event('message', ({ event, body, context }) =>
    desk.run('message', async () => {
      // Edits, joins and the like have a subtype; messages of apps, ours too, a bot's id. A picture may come along.
      if (event.subtype !== undefined && event.subtype !== 'file_share') return;
      if (event.channel_type !== 'im') return;
      if (('bot_id' in event && event.bot_id) || !event.text) return;
      const team = context.teamId ?? body.team_id;
      const { user, channel, thread_ts } = event;
      const workspace = await desk.workspace(team);
      const line = mentionLine(event.text, workspace.botUser);
      const reply = await desk.inbox.command(await desk.lineCall({ team, user, channel }, line, true));
      if (!isEmpty(reply)) await desk.posts.say(workspace, channel, withoutSharing(desk, reply), thread_ts);
    }),
  );

  for (const [name, reason] of Object.entries(LOST_CHANNEL)) {
    app.event(name as keyof typeof LOST_CHANNEL, ({ event, body, context }) =>
      desk.run(name, async () => {
        const team = context.teamId ?? body.team_id;
        await desk.inbox.channelGone(slackChannel(team, event.channel), reason);
      }),
    );
  }

  const left = (team: string | undefined) => async () => {
    if (team === undefined) return;
    const workspace = slackWorkspace(team);
    await forget(workspace);
    await desk.inbox.left(workspace);
  };
  app.event('app_uninstalled', ({ body }) => desk.run('app_uninstalled', left(body.team_id)));
  app.event('tokens_revoked', ({ event, body }) =>
    desk.run('tokens_revoked', async () => {
      // Tokens of people are not used here; without the bot's token the bot is out.
      if ((event.tokens.bot ?? []).length > 0) await left(body.team_id)();
    }),
  );
}

/**
 * Whoever mentions the bot asks aloud, and a look-up is answered aloud. Other answers are, where they are for everybody
 * or offer to be shared; the rest is for the asker only.
 */
function mayBeSaidAloud(desk: Desk, line: string, reply: Reply): boolean {
  if (reply.visibility === 'public' || calledBy(desk.inbox.commands, line) === undefined) return true;
  return reply.blocks.some((block) => block.type === 'choices' && block.choices.some(shares(desk)));
}

/** What everybody there reads already needs no button to share it. */
function withoutSharing(desk: Desk, reply: Reply): Reply {
  const isShare = shares(desk);
  const blocks = reply.blocks.map((block) =>
    block.type === 'choices' ? { ...block, choices: block.choices.filter((one) => !isShare(one)) } : block,
  );
  return { ...reply, blocks };
}

const shares =
  (desk: Desk) =>
  ({ action }: Button): boolean =>
    desk.inbox.actionInfo(action.name)?.visibility === 'public';
