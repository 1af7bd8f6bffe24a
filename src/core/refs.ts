// Refs name a workspace, a channel or a person on a platform; one string codec for all of them.

/** A Slack workspace, a Discord guild, the playground's room or the terminal. */
export interface WorkspaceRef {
  readonly platform: string;
  readonly workspace: string;
}

/** A place in a workspace where messages are posted. */
export interface ChannelRef extends WorkspaceRef {
  readonly id: string;
}

/** A person in a workspace. */
export interface UserRef extends WorkspaceRef {
  readonly id: string;
}

/** `discord/G1/C2`: each part percent-encoded, so that the codec is reversible for any id. */
export function formatRef(ref: WorkspaceRef & { readonly id?: string }): string {
  const parts = ref.id === undefined ? [ref.platform, ref.workspace] : [ref.platform, ref.workspace, ref.id];
  return parts.map(encodeURIComponent).join('/');
}

/** The inverse of {@link formatRef} for channels and users. Throws on a text that it did not make. */
export function parseRef(text: string): ChannelRef {
  const [platform, workspace, id, ...rest] = text.split('/').map(decodeURIComponent);
  if (!platform || !workspace || !id || rest.length > 0) throw new Error(`not a ref: ${text}`);
  return { platform, workspace, id };
}

/** The inverse of {@link formatRef} for workspaces. Throws on a text that it did not make. */
export function parseWorkspaceRef(text: string): WorkspaceRef {
  const [platform, workspace, ...rest] = text.split('/').map(decodeURIComponent);
  if (!platform || !workspace || rest.length > 0) throw new Error(`not a workspace ref: ${text}`);
  return { platform, workspace };
}

/** The workspace that a channel or a person belongs to. */
export function workspaceOf(ref: WorkspaceRef): WorkspaceRef {
  return { platform: ref.platform, workspace: ref.workspace };
}

export function sameRef(a: UserRef | ChannelRef, b: UserRef | ChannelRef): boolean {
  return a.platform === b.platform && a.workspace === b.workspace && a.id === b.id;
}
