// The Web API methods of the local Slack: arguments in, answer out.
import { blockProblems, viewProblems } from './check-blocks.ts';
import type { Block, Channel, Message, Team, View, World } from './world.ts';

export type Args = Readonly<Record<string, unknown>>;
export type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

export interface Scene {
  readonly world: World;
  /** The address of this server, without a final slash. */
  readonly url: string;
  /** Told of everything that somebody can see now. */
  readonly shown: (what: Shown) => void;
  readonly note: (problem: string) => void;
}

export type Shown =
  | { readonly kind: 'message'; readonly channel: string; readonly message: Message; readonly by?: string }
  | { readonly kind: 'view'; readonly view: View; readonly by?: string };

/** How Slack says no. */
export const refusal = (error: string, messages: readonly string[] = []): Answer => ({
  ok: false,
  error,
  ...(messages.length === 0 ? {} : { response_metadata: { messages: messages.map((m) => `[ERROR] ${m}`) } }),
});

type Method = (scene: Scene, team: Team, args: Args) => Answer;

export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (_, team) => ({
    ok: true,
    url: `https://${team.name.toLowerCase()}.slack.test/`,
    team: team.name,
    team_id: team.id,
    user: 'responsibot',
    user_id: team.botUser,
    bot_id: team.botId,
    is_enterprise_install: false,
  }),

  'chat.postMessage': (scene, team, args) => {
    const channel = postable(scene, team, args);
    if ('ok' in channel) return channel;
    const problems = contentProblems(scene, args);
    if (problems.length > 0) return refusal('invalid_blocks', problems);
    const message: Message = {
      ts: scene.world.ts(),
      text: String(args.text ?? ''),
      blocks: (args.blocks ?? []) as readonly Block[],
      user: team.botUser,
      ...(args.thread_ts === undefined ? {} : { thread_ts: String(args.thread_ts) }),
      ...(args.metadata === undefined ? {} : { metadata: args.metadata as NonNullable<Message['metadata']> }),
    };
    channel.messages.push(message);
    scene.shown({ kind: 'message', channel: channel.id, message });
    return { ok: true, channel: channel.id, ts: message.ts, message: wire(message, channel) };
  },

  'chat.postEphemeral': (scene, team, args) => {
    const channel = postable(scene, team, args);
    if ('ok' in channel) return channel;
    const problems = contentProblems(scene, args);
    if (problems.length > 0) return refusal('invalid_blocks', problems);
    const message: Message = {
      ts: scene.world.ts(),
      text: String(args.text ?? ''),
      blocks: (args.blocks ?? []) as readonly Block[],
      user: team.botUser,
      ephemeralFor: String(args.user),
      ...(args.thread_ts === undefined ? {} : { thread_ts: String(args.thread_ts) }),
    };
    channel.messages.push(message);
    scene.shown({ kind: 'message', channel: channel.id, message });
    return { ok: true, message_ts: message.ts };
  },

  'chat.update': (scene, team, args) => {
    const channel = postable(scene, team, args);
    if ('ok' in channel) return channel;
    const message = channel.messages.find((one) => one.ts === args.ts && one.ephemeralFor === undefined);
    if (message === undefined || message.deleted === true) return refusal('message_not_found');
    const problems = contentProblems(scene, args);
    if (problems.length > 0) return refusal('invalid_blocks', problems);
    message.text = String(args.text ?? '');
    message.blocks = (args.blocks ?? []) as readonly Block[];
    scene.shown({ kind: 'message', channel: channel.id, message });
    return { ok: true, channel: channel.id, ts: message.ts, text: message.text };
  },

  'conversations.history': ({ world }, team, args) => {
    const channel = world.channels.get(String(args.channel));
    if (channel === undefined || channel.team !== team.id) return refusal('channel_not_found');
    if (!channel.member) return refusal('not_in_channel');
    const oldest = Number(args.oldest ?? 0);
    const limit = Number(args.limit ?? 100);
    const start = Number(args.cursor ?? 0);
    const visible = channel.messages
      .filter((one) => one.ephemeralFor === undefined && one.deleted !== true && one.thread_ts === undefined)
      .filter((one) =>
        args.inclusive === true || args.inclusive === 'true'
          ? Number(one.ts) >= oldest
          : Number(one.ts) > oldest,
      )
      .toReversed();
    const page = visible.slice(start, start + limit);
    const more = start + limit < visible.length;
    const metadata = String(args.include_all_metadata) === 'true';
    return {
      ok: true,
      messages: page.map((one) =>
        metadata ? wire(one, channel) : { ...wire(one, channel), metadata: undefined },
      ),
      has_more: more,
      response_metadata: { next_cursor: more ? String(start + limit) : '' },
    };
  },

  'conversations.replies': ({ world }, team, args) => {
    const channel = world.channels.get(String(args.channel));
    if (channel === undefined || channel.team !== team.id) return refusal('channel_not_found');
    if (!channel.member) return refusal('not_in_channel');
    const start = Number(args.cursor ?? 0);
    const end = start + Number(args.limit ?? 1000);
    const thread = channel.messages.filter((one) => one.ts === args.ts || one.thread_ts === args.ts);
    if (thread.length === 0) return refusal('thread_not_found');
    const more = end < thread.length;
    const metadata = String(args.include_all_metadata) === 'true';
    return {
      ok: true,
      messages: thread
        .slice(start, end)
        .map((one) => (metadata ? wire(one, channel) : { ...wire(one, channel), metadata: undefined })),
      has_more: more,
      response_metadata: { next_cursor: more ? String(end) : '' },
    };
  },

  'conversations.info': ({ world }, team, args) => {
    const channel = world.channels.get(String(args.channel));
    if (channel === undefined || channel.team !== team.id) return refusal('channel_not_found');
    const { id, name, archived, member } = channel;
    return { ok: true, channel: { id, name, is_channel: true, is_archived: archived, is_member: member } };
  },

  'conversations.open': ({ world }, team, args) => {
    const member = world.members.get(String(args.users));
    if (member === undefined || member.team !== team.id) return refusal('user_not_found');
    return { ok: true, channel: { id: world.directWith(team, member.id).id } };
  },

  'users.info': ({ world }, team, args) => {
    const member = world.members.get(String(args.user));
    if (member === undefined || member.team !== team.id) return refusal('user_not_found');
    const { id, name, admin, owner } = member;
    return {
      ok: true,
      user: {
        id,
        name: name.toLowerCase(),
        is_admin: admin,
        is_owner: owner ?? false,
        profile: { display_name: name, real_name: name },
      },
    };
  },

  'files.getUploadURLExternal': ({ world, url }, _team, args) => {
    if (!(Number(args.length) > 0)) return refusal('invalid_arguments', ['length']);
    const file = world.addFile(String(args.filename), String(args.alt_text ?? ''));
    return { ok: true, upload_url: `${url}/upload/${file.id}`, file_id: file.id };
  },

  'files.completeUploadExternal': ({ world }, _team, args) => {
    for (const { id } of args.files as readonly { id: string }[]) {
      const file = world.files.get(id);
      if (file?.bytes === undefined) return refusal('file_not_found');
      file.complete = true;
    }
    return { ok: true, files: args.files };
  },

  'views.open': (scene, _team, args) => {
    const trigger = scene.world.triggers.get(String(args.trigger_id));
    if (trigger === undefined) return refusal('expired_trigger_id');
    const problems = viewProblems(args.view);
    if (problems.length > 0) return refuseView(scene, problems);
    scene.world.triggers.delete(String(args.trigger_id));
    const view = scene.world.addView(trigger.user, trigger.team, args.view as View['body'], 'modal');
    scene.shown({ kind: 'view', view, by: String(args.trigger_id) });
    return { ok: true, view: { ...view.body, id: view.id, hash: view.hash } };
  },

  'views.update': (scene, _team, args) => {
    const view = scene.world.views.get(String(args.view_id));
    if (view === undefined) return refusal('not_found');
    const problems = viewProblems(args.view);
    if (problems.length > 0) return refuseView(scene, problems);
    view.body = args.view as View['body'];
    view.hash = scene.world.id('h');
    scene.shown({ kind: 'view', view });
    return { ok: true, view: { ...view.body, id: view.id, hash: view.hash } };
  },

  'views.publish': (scene, team, args) => {
    const problems = viewProblems(args.view);
    if (problems.length > 0) return refuseView(scene, problems);
    const user = String(args.user_id);
    for (const old of scene.world.views.values()) {
      if (old.type === 'home' && old.user === user) scene.world.views.delete(old.id);
    }
    const view = scene.world.addView(user, team.id, args.view as View['body'], 'home');
    scene.shown({ kind: 'view', view });
    return { ok: true, view: { ...view.body, id: view.id, hash: view.hash } };
  },
};

/** A message as Slack's API shows it. */
export function wire(message: Message, channel: Channel): Record<string, unknown> {
  const replies = channel.messages.filter((one) => one.thread_ts === message.ts).length;
  return {
    type: 'message',
    ts: message.ts,
    user: message.user,
    text: message.text,
    blocks: message.blocks,
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    ...(replies === 0 ? {} : { reply_count: replies }),
  };
}

/** What is wrong with the text and blocks of a message, files that are not there included. */
export function contentProblems({ world, note }: Pick<Scene, 'world' | 'note'>, args: Args): string[] {
  const problems = args.blocks === undefined ? [] : blockProblems(args.blocks);
  if (typeof args.text !== 'string' || args.text.trim() === '') problems.push('no fallback text');
  if (typeof args.text === 'string' && args.text.length > 40_000) problems.push('text over 40000');
  for (const problem of problems) note(problem);
  const missing = ((args.blocks ?? []) as readonly Block[]).filter((block) => {
    const file = (block.slack_file as { id?: string } | undefined)?.id;
    return file !== undefined && world.files.get(file)?.complete !== true;
  });
  return [...problems, ...missing.map((_, i) => `invalid slack file [json-pointer:/blocks/${i}/slack_file]`)];
}

function postable({ world }: Scene, team: Team, args: Args): Channel | Answer {
  const channel = world.channels.get(String(args.channel));
  if (channel === undefined || channel.team !== team.id) return refusal('channel_not_found');
  if (channel.archived) return refusal('is_archived');
  return channel.member ? channel : refusal('not_in_channel');
}

function refuseView(scene: Scene, problems: readonly string[]): Answer {
  for (const problem of problems) scene.note(problem);
  return refusal('invalid_arguments', problems);
}
