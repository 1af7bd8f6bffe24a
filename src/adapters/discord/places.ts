// Discord's ids → the engine's refs.
import type { ChannelRef, UserRef, WorkspaceRef } from '../../core/refs.ts';

export const PLATFORM = 'discord';

/** Direct messages and personal installs belong to a workspace of one person. */
const PERSONAL = 'personal-';

export function guildRef(guildId: string): WorkspaceRef {
  return { platform: PLATFORM, workspace: guildId };
}

export function personalRef(userId: string): WorkspaceRef {
  return { platform: PLATFORM, workspace: `${PERSONAL}${userId}` };
}

export function isPersonal(ref: WorkspaceRef): boolean {
  return ref.workspace.startsWith(PERSONAL);
}

export function channelIn(workspace: WorkspaceRef, id: string): ChannelRef {
  return { ...workspace, id };
}

export function userIn(workspace: WorkspaceRef, id: string): UserRef {
  return { ...workspace, id };
}
