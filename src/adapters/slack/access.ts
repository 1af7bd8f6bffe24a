// Whether the bot may post in a channel, asked of Slack now.
import { PlatformError } from '../../core/errors.ts';
import type { ChannelAccess, Log } from '../../core/ports.ts';
import { type ChannelRef, formatRef } from '../../core/refs.ts';
import { INVITE_STEP } from './errors.ts';
import type { Pace } from './pace.ts';
import { isDirect } from './refs.ts';
import { callSlack } from './web.ts';
import type { Workspaces } from './workspaces.ts';

/** What is missing, as steps to take. Rejects where Slack does not tell. */
export async function channelAccess(
  channel: ChannelRef,
  { workspaces, pace, log }: { readonly workspaces: Workspaces; readonly pace: Pace; readonly log: Log },
): Promise<ChannelAccess> {
  const { client, team } = await workspaces.of(channel);
  if (isDirect(channel.id)) return { missing: [] };
  try {
    const { channel: info } = await callSlack(pace, team, 'conversations.info', () =>
      client.conversations.info({ channel: channel.id }),
    );
    if (info?.is_archived === true) return { missing: ['unarchive the channel'] };
    return { missing: info?.is_member === false ? [INVITE_STEP] : [] };
  } catch (error) {
    const steps = error instanceof PlatformError ? error.missing : [];
    if (steps.length > 0) return { missing: steps };
    log.warn({ err: error, channel: formatRef(channel) }, 'Slack did not tell the rights in a channel');
    throw error;
  }
}
