// The app manifest: everything that Slack must know of the bot, from the commands' own specs. Pure.
import type { CommandSpec, LeafSpec } from '../../core/command.ts';
import { ConfigurationError } from '../../core/errors.ts';
import { LOOKUP_SHORTCUT, MAIN_COMMAND } from './decode.ts';
import { BOT_EVENTS } from './events.ts';
import { LIMITS, RENAMED_COMMANDS, RESERVED_COMMANDS } from './limits.ts';
import { clip } from './mrkdwn.ts';
import { REDIRECT_PATH } from './oauth-pages.ts';

/** The fewest scopes that work, each with what it is for. */
export const SCOPE_REASONS = {
  'app_mentions:read': 'to answer when somebody mentions @Responsibot',
  'channels:history':
    'to look, after a crash, whether a post of its own is already there; nothing else is read',
  'channels:read': 'to say what is missing before a question is due, and to notice an archived channel',
  'chat:write': 'to post questions, results and answers in channels that it was invited to',
  commands: 'for /responsibot, the other commands and the message shortcut',
  'files:write': 'to put pictures into posts',
  'groups:history': 'the same as channels:history, in private channels that it was invited to',
  'groups:read': 'the same as channels:read, in private channels that it was invited to',
  'im:history': 'to answer direct messages, and to find its own reminders again',
  'im:write': 'to send reminders and notices as direct messages',
  'users:read': 'to know the names on the board, and who is an administrator',
} as const;

export const BOT_SCOPES: readonly string[] = Object.keys(SCOPE_REASONS);
export const EVENTS_PATH = '/slack/events';

export type ManifestTarget = { readonly mode: 'socket' } | { readonly mode: 'http'; readonly url: string };

/** A complete manifest, to be pasted at api.slack.com. Throws a ConfigurationError where `url` is no https URL. */
export function slackManifest(target: ManifestTarget, specs: readonly CommandSpec[]) {
  const base = target.mode === 'http' ? httpsUrl(target.url) : undefined;
  const url = base === undefined ? undefined : new URL(EVENTS_PATH, base).href;
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: 'Responsibot',
      description: 'Who is responsible on AWS: you or AWS? Ask, and answer a question a day as a team.',
      long_description:
        'Responsibot teaches the AWS shared responsibility model. Ask who takes care of something, such as ' +
        '"who patches EC2", and get a ruling with its source. Let it post a question a day in your channel, answer ' +
        'with a button, and see the board of your team. What it does not know it says.',
      background_color: '#232f3e',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'Responsibot', always_online: true },
      shortcuts: [
        {
          name: 'Who is responsible?',
          type: 'message',
          callback_id: LOOKUP_SHORTCUT,
          description: 'Look up who takes care of what this message asks about',
        },
      ],
      slash_commands: slashCommands(specs).map((command) => ({
        ...command,
        ...(url === undefined ? {} : { url }),
        should_escape: true,
      })),
    },
    oauth_config: {
      ...(base === undefined ? {} : { redirect_urls: [new URL(REDIRECT_PATH, base).href] }),
      scopes: { bot: [...BOT_SCOPES] },
    },
    settings: {
      event_subscriptions: {
        ...(url === undefined ? {} : { request_url: url }),
        bot_events: [...BOT_EVENTS].sort(),
      },
      interactivity: { is_enabled: true, ...(url === undefined ? {} : { request_url: url }) },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
}

/** `/responsibot`, and every command that Slack lets an app have, under its own or its other name. */
function slashCommands(specs: readonly CommandSpec[]) {
  const main = {
    command: MAIN_COMMAND,
    description: 'Ask who is responsible, or use any command: /responsibot help',
    usage_hint: 'patches EC2 | help | daily status | leaderboard',
  };
  const others = specs.flatMap((spec) => {
    const name = RENAMED_COMMANDS.get(spec.name) ?? spec.name;
    if (RESERVED_COMMANDS.has(name)) return [];
    const hint = usageHint(spec);
    return [
      {
        command: `/${name}`,
        description: clip(spec.summary, LIMITS.commandDescription),
        ...(hint === '' ? {} : { usage_hint: clip(hint, LIMITS.usageHint) }),
      },
    ];
  });
  return [main, ...others];
}

function usageHint(spec: CommandSpec): string {
  if (spec.leaf !== undefined) return options(spec.leaf);
  return spec.subcommands.map((leaf) => leaf.name).join(' | ');
}

function options(leaf: LeafSpec): string {
  return Object.entries(leaf.args)
    .map(([name, arg]) => (arg.required === true ? name : `[${name}]`))
    .join(' ');
}

function httpsUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:') {
    throw new ConfigurationError(
      `Slack calls only https addresses, and "${text}" is none: give the public one, such as https://bot.example.com.`,
    );
  }
  return url;
}
