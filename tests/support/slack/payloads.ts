// The payloads that Slack sends for what people do.
import { fieldsOf, type SeenButton } from './seen.ts';
import type { Channel, Member, Message, Team, View, World } from './world.ts';

const APP = { api_app_id: 'A0RESPONSIBOT', token: 'verification' } as const;

export interface PressPlace {
  readonly channel: string;
  readonly message: Message;
  readonly responseUrl: string;
}

/** A trigger id that opens one view. */
export function trigger(world: World, { id, team }: Member): string {
  const text = `${world.id('')}.${team}`;
  world.triggers.set(text, { user: id, team });
  return text;
}

export function slashPayload(
  member: Member,
  channel: Channel,
  line: string,
  ids: { readonly responseUrl: string; readonly trigger: string },
): object {
  const [command = '', ...words] = line.split(' ');
  return {
    ...APP,
    team_id: member.team,
    team_domain: 'test',
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: member.id,
    user_name: member.name.toLowerCase(),
    command,
    text: words
      .join(' ')
      .replace(/&/g, '&amp;')
      .replace(/<(?![@#]|https?:)/g, '&lt;'),
    is_enterprise_install: 'false',
    response_url: ids.responseUrl,
    trigger_id: ids.trigger,
  };
}

export function shortcutPayload(
  world: World,
  member: Member,
  channel: Channel,
  text: string,
  responseUrl: string,
): object {
  return {
    ...interaction(member, trigger(world, member)),
    type: 'message_action',
    callback_id: 'who_is_responsible',
    channel: { id: channel.id, name: channel.name },
    message: { type: 'message', user: member.id, ts: world.ts(), text },
    message_ts: world.ts(),
    response_url: responseUrl,
    action_ts: world.ts(),
  };
}

/** A press on a button of a message or of a view. */
export function pressPayload(
  member: Member,
  button: SeenButton,
  triggerId: string,
  where: PressPlace | View,
): object {
  const base = {
    ...interaction(member, triggerId),
    type: 'block_actions',
    actions: [
      {
        type: 'button',
        action_id: button.actionId,
        block_id: 'b',
        value: button.value,
        text: { type: 'plain_text', text: button.label },
        action_ts: '1.1',
      },
    ],
  };
  if ('body' in where) {
    return { ...base, container: { type: 'view', view_id: where.id }, view: viewPayload(where) };
  }
  const { channel, message, responseUrl } = where;
  return {
    ...base,
    response_url: responseUrl,
    channel: { id: channel, name: 'general' },
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel,
      is_ephemeral: message.ephemeralFor !== undefined,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    },
    ...(message.ephemeralFor === undefined ? { message: { type: 'message', ...message } } : {}),
  };
}

export function submissionPayload(
  member: Member,
  view: View,
  values: Readonly<Record<string, string>>,
  triggerId: string,
): object {
  const state = fieldsOf(view.body.blocks).map((field) => {
    const value = values[field.id] ?? field.initial ?? null;
    const element =
      field.type === 'conversations_select'
        ? { type: field.type, selected_conversation: value }
        : field.type === 'static_select'
          ? { type: field.type, selected_option: value === null ? null : { value } }
          : { type: field.type, value };
    return [field.id, { value: element }] as const;
  });
  return {
    ...interaction(member, triggerId),
    type: 'view_submission',
    view: { ...viewPayload(view), state: { values: Object.fromEntries(state) } },
  };
}

export function eventPayload(
  world: World,
  team: Team,
  event: object,
): Readonly<Record<string, unknown>> & { readonly event_id: string } {
  return {
    ...APP,
    type: 'event_callback',
    team_id: team.id,
    event_id: world.id('Ev'),
    event_time: Math.floor(Number(world.ts())),
    authorizations: [{ team_id: team.id, user_id: team.botUser, is_bot: true, is_enterprise_install: false }],
    event,
  };
}

function interaction(member: Member, triggerId: string) {
  const name = member.name.toLowerCase();
  return {
    ...APP,
    team: { id: member.team, domain: 'test' },
    user: { id: member.id, name, username: name, team_id: member.team },
    trigger_id: triggerId,
  };
}

function viewPayload(view: View): object {
  return {
    ...view.body,
    id: view.id,
    hash: view.hash,
    team_id: view.team,
    type: view.type,
    state: { values: {} },
  };
}
