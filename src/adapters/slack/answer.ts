// How an answer gets to where it was asked: the ack, the response URL, a post, or a view.
import type { RespondArguments, RespondFn } from '@slack/bolt';
import { PlatformError } from '../../core/errors.ts';
import type { Form, Reply } from '../../core/reply.ts';
import type { Desk } from './desk.ts';
import { messageOf } from './errors.ts';
import { formView, type ViewMemory } from './modal.ts';
import { picturesOf } from './pictures.ts';
import { isDirect } from './refs.ts';
import { render } from './render.ts';
import { pause } from './within.ts';
import type { SlackWorkspace } from './workspaces.ts';

/** A response URL that fails is tried again after these. */
const RESPOND_WAITS_MS = [0, 1_000, 4_000];

/** A reply that says nothing: Slack delivered the same thing again. */
export const isEmpty = (reply: Reply): boolean => reply.blocks.length === 0;

/** A reply as the body of a response URL or of a slash command's ack. */
export function responseOf(reply: Reply, options: { direct: boolean; thread?: string }): RespondArguments {
  const everybody = reply.visibility === 'public' || options.direct;
  return {
    response_type: everybody ? 'in_channel' : 'ephemeral',
    replace_original: false,
    ...render(reply),
    ...(options.thread === undefined ? {} : { thread_ts: options.thread }),
  };
}

/** Posts to a response URL; tries again where Slack fails, since the answer exists and is awaited. Never rejects. */
export async function respondSurely(desk: Desk, respond: RespondFn, body: RespondArguments): Promise<void> {
  let failure: unknown;
  for (const wait of RESPOND_WAITS_MS) {
    await pause(wait, desk.clock);
    try {
      await respond(body);
      return;
    } catch (error) {
      failure = error;
      const status = (error as { statusCode?: number }).statusCode ?? 0;
      if (status >= 400 && status < 500 && status !== 429) break;
    }
  }
  desk.log.warn({ reason: messageOf(failure) }, 'an answer did not reach Slack');
}

/**
 * Says something to everybody in a channel. The bot's own post carries the pictures; where it may not post, such as
 * in a channel that it is not in, the response URL takes the answer with the pictures in words.
 */
export async function sayToAll(
  desk: Desk,
  place: { workspace: SlackWorkspace; channel: string; thread?: string; respond: RespondFn },
  reply: Reply,
): Promise<void> {
  const { workspace, channel, thread, respond } = place;
  if (picturesOf(reply).length > 0) {
    try {
      return await desk.posts.say(workspace, channel, reply, thread);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      desk.log.debug({ failure: error.failure }, 'an answer goes by its response URL, without pictures');
    }
  }
  const direct = isDirect(channel);
  await respondSurely(
    desk,
    respond,
    responseOf({ ...reply, visibility: 'public' }, thread === undefined ? { direct } : { direct, thread }),
  );
}

/** Opens a form, which Slack allows for three seconds after the press. What to say where it did not; else undefined. */
export async function openForm(
  desk: Desk,
  workspace: SlackWorkspace,
  trigger: string,
  form: Form,
  memory: ViewMemory,
): Promise<Reply | undefined> {
  try {
    await desk.api(workspace, 'views.open', () =>
      workspace.client.views.open({ trigger_id: trigger, view: formView(form, memory) }),
    );
    return undefined;
  } catch (error) {
    desk.log.warn({ reason: messageOf(error) }, 'a form was not opened');
    return FORM_TOO_LATE;
  }
}

const FORM_TOO_LATE: Reply = {
  blocks: [{ type: 'text', text: 'Slack did not open the form in time. Try again.' }],
  visibility: 'private',
};
