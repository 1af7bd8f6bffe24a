// The arguments of the Web API methods that the bot may call. Typed by Slack's own SDK: a name that its types do not
// know does not compile.
import type {
  ChatPostEphemeralArguments,
  ChatPostMessageArguments,
  ChatUpdateArguments,
  ConversationsHistoryArguments,
  ConversationsInfoArguments,
  ConversationsOpenArguments,
  ConversationsRepliesArguments,
  FilesCompleteUploadExternalArguments,
  FilesGetUploadURLExternalArguments,
  OAuthV2AccessArguments,
  UsersInfoArguments,
  ViewsOpenArguments,
  ViewsPublishArguments,
  ViewsUpdateArguments,
} from '@slack/web-api';

type Keys<T> = T extends unknown ? Extract<keyof T, string> : never;
const arguments_ =
  <T>() =>
  (...names: readonly Keys<T>[]): ReadonlySet<string> =>
    new Set(names);

export const KNOWN_ARGUMENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  'auth.test': new Set(['token']),
  'apps.connections.open': new Set(),
  'chat.postMessage': arguments_<ChatPostMessageArguments>()(
    ...(['channel', 'text', 'blocks', 'thread_ts', 'metadata', 'unfurl_links', 'unfurl_media'] as const),
    ...(['token', 'attachments', 'mrkdwn', 'parse', 'link_names', 'reply_broadcast'] as const),
  ),
  'chat.postEphemeral': arguments_<ChatPostEphemeralArguments>()(
    ...(['channel', 'user', 'text', 'blocks', 'thread_ts', 'token', 'attachments'] as const),
  ),
  'chat.update': arguments_<ChatUpdateArguments>()(
    ...(['channel', 'ts', 'text', 'blocks', 'metadata', 'token', 'attachments'] as const),
  ),
  'conversations.history': arguments_<ConversationsHistoryArguments>()(
    ...([
      'channel',
      'oldest',
      'latest',
      'inclusive',
      'limit',
      'include_all_metadata',
      'cursor',
      'token',
    ] as const),
  ),
  'conversations.replies': arguments_<ConversationsRepliesArguments>()(
    ...(['channel', 'ts', 'limit', 'include_all_metadata', 'cursor', 'token'] as const),
  ),
  'conversations.info': arguments_<ConversationsInfoArguments>()('channel', 'include_num_members', 'token'),
  'conversations.open': arguments_<ConversationsOpenArguments>()('users', 'channel', 'return_im', 'token'),
  'files.getUploadURLExternal': arguments_<FilesGetUploadURLExternalArguments>()(
    ...(['filename', 'length', 'alt_text', 'token'] as const),
  ),
  'files.completeUploadExternal': arguments_<FilesCompleteUploadExternalArguments>()(
    ...(['files', 'channel_id', 'thread_ts', 'initial_comment', 'token'] as const),
  ),
  'oauth.v2.access': arguments_<OAuthV2AccessArguments>()(
    ...(['client_id', 'client_secret', 'code', 'redirect_uri', 'grant_type', 'refresh_token'] as const),
  ),
  'users.info': arguments_<UsersInfoArguments>()('user', 'include_locale', 'token'),
  'views.open': arguments_<ViewsOpenArguments>()('trigger_id', 'view', 'token'),
  'views.publish': arguments_<ViewsPublishArguments>()('user_id', 'view', 'hash', 'token'),
  'views.update': arguments_<ViewsUpdateArguments>()('view_id', 'external_id', 'view', 'hash', 'token'),
};

/** Names that neither the method nor every method (`team_id`, which the SDK adds) takes. */
export function unknownArguments(method: string, args: Readonly<Record<string, unknown>>): string[] {
  const known = KNOWN_ARGUMENTS[method];
  return known === undefined
    ? []
    : Object.keys(args).filter((name) => name !== 'team_id' && !known.has(name));
}
