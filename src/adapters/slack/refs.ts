// Slack's ids as refs.
import type { ChannelRef, UserRef, WorkspaceRef } from '../../core/refs.ts';

export const PLATFORM = 'slack';

export const slackWorkspace = (team: string): WorkspaceRef => ({ platform: PLATFORM, workspace: team });
export const slackChannel = (team: string, id: string): ChannelRef => ({ ...slackWorkspace(team), id });
export const slackUser = (team: string, id: string): UserRef => ({ ...slackWorkspace(team), id });

/** Direct messages with the bot: their ids begin with D. */
export const isDirect = (channel: string): boolean => channel.startsWith('D');
