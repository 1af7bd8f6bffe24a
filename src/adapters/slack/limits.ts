// Slack's documented limits and reserved names, in one place.

/** Block Kit, https://docs.slack.dev/reference/block-kit: characters unless said otherwise. */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  sectionText: 3000,
  sectionFields: 10,
  fieldText: 2000,
  headerText: 150,
  contextElements: 10,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  altText: 2000,
  inputLabel: 2000,
  inputHint: 2000,
  inputMaxLength: 3000,
  selectOptions: 100,
  optionText: 75,
  optionValue: 150,
  viewTitle: 24,
  privateMetadata: 3000,
  /** Of `chat.postMessage`; Slack cuts longer ones off at 40,000. */
  messageText: 4000,
  commandName: 32,
  commandDescription: 2000,
  usageHint: 1000,
  shortcutName: 24,
} as const;

/**
 * `chat.postMessage` takes one message a second in a channel, https://docs.slack.dev/apis/web-api/rate-limits. The rest
 * is for clocks that count whole milliseconds and for timers that come one too early.
 */
export const CHANNEL_GAP_MS = 1_005;

/** A page of `conversations.history` for apps outside the Marketplace. */
export const HISTORY_PAGE = 15;

/**
 * Names of Slack's own slash commands, past ones included. A manifest that claims one of them is refused as a whole,
 * so a name is listed here as soon as it is in doubt.
 */
export const RESERVED_COMMANDS: ReadonlySet<string> = new Set([
  ...['active', 'apps', 'archive', 'away', 'call', 'canvas', 'close', 'collapse', 'dm', 'dnd', 'expand'],
  ...['feed', 'feedback', 'giphy', 'huddle', 'invite', 'invite_people', 'join', 'keys', 'kick', 'leave'],
  ...['list', 'me', 'msg', 'mute', 'open', 'part', 'prefs', 'pro', 'remind', 'remove', 'rename', 's'],
  ...['search', 'shortcuts', 'shrug', 'star', 'status', 'topic', 'unarchive', 'who'],
]);

/** What a reserved name is called on Slack, where it has a name of its own there. */
export const RENAMED_COMMANDS: ReadonlyMap<string, string> = new Map([['who', 'who-does']]);
