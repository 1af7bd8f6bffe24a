// Buttons: in messages, in the home tab and in answers shown as views.
import type { App, BlockAction, ButtonAction, RespondFn } from '@slack/bolt';
import { type Action, decodeAction } from '../../core/action.ts';
import type { Reply } from '../../core/reply.ts';
import { isEmpty, openForm, respondSurely, responseOf, sayToAll } from './answer.ts';
import type { Desk, Origin } from './desk.ts';
import { showInView } from './home.ts';
import { decodeMemory, type ViewMemory } from './modal.ts';
import { isDirect } from './refs.ts';

export interface Press {
  readonly body: BlockAction;
  readonly team: string;
  readonly respond: RespondFn;
  readonly memory: ViewMemory;
}

const OLD_BUTTON: Reply = {
  blocks: [
    {
      type: 'text',
      text: 'That button is from another version. Ask again: `/responsibot help` shows the way.',
    },
  ],
  visibility: 'private',
};

export function listenToPresses(app: App, desk: Desk): void {
  app.action({ type: 'block_actions' }, ({ body, action, ack, respond, context }) =>
    desk.run('a press', async () => {
      await ack();
      if (action.type !== 'button') return;
      const team = context.teamId ?? body.team?.id ?? '';
      await answerPress(desk, { body, team, respond, memory: placeOf(body) }, pressedAction(action));
    }),
  );
}

async function answerPress(desk: Desk, press: Press, action: Action | undefined): Promise<void> {
  const { body, team, memory } = press;
  if (action === undefined) return showAnswer(desk, press, OLD_BUTTON);
  const info = desk.inbox.actionInfo(action.name);
  if (info?.form !== undefined) {
    const call = await desk.call(originOf(press), info.access === 'admin' ? 'rights' : 'nothing');
    const refusal =
      (await desk.inbox.refusal({ ...call, action })) ??
      (await openForm(desk, await desk.workspace(team), body.trigger_id, info.form, { ...memory, action }));
    return refusal === undefined ? undefined : showAnswer(desk, press, refusal);
  }
  const needs = info?.access === 'admin' ? 'rights' : 'name';
  const reply = await desk.inbox.action({ ...(await desk.call(originOf(press), needs)), action });
  if (!isEmpty(reply)) await showAnswer(desk, press, reply);
}

async function showAnswer(desk: Desk, press: Press, reply: Reply): Promise<void> {
  const { body, team, respond, memory } = press;
  if (body.view !== undefined) return showInView(desk, press, reply);
  const { channel, thread } = memory;
  if (reply.visibility === 'public') {
    const workspace = await desk.workspace(team);
    const place = { workspace, channel, respond };
    return sayToAll(desk, thread === undefined ? place : { ...place, thread }, reply);
  }
  const direct = isDirect(channel);
  const own = containerOf(body)?.is_ephemeral === true || direct;
  const response = responseOf(reply, thread === undefined ? { direct } : { direct, thread });
  await respondSurely(desk, respond, { ...response, replace_original: reply.update === true && own });
}

function originOf({ body, team, memory }: Press): Origin {
  return {
    team,
    user: body.user.id,
    handle: body.user.name ?? body.user.username,
    channel: memory.channel,
    inWorkspace: memory.inWorkspace,
  };
}

/** Where the pressed button is: a channel and its thread, or what the view remembers. */
function placeOf(body: BlockAction): ViewMemory {
  // Slack takes a person's id for the channel of their direct messages: whoever presses somewhere unknown is answered.
  const unknown = { channel: body.user.id, inWorkspace: true };
  if (body.view !== undefined) return decodeMemory(body.view.private_metadata) ?? unknown;
  const container = containerOf(body);
  const channel = body.channel?.id ?? container?.channel_id;
  if (typeof channel !== 'string') return unknown;
  const thread = container?.thread_ts ?? body.message?.thread_ts;
  return {
    channel,
    inWorkspace: !isDirect(channel),
    ...(typeof thread === 'string' ? { thread } : {}),
  };
}

/** A proxy or a test may leave it out, and nothing in it is needed. */
const containerOf = (body: BlockAction) => body.container as BlockAction['container'] | undefined;

function pressedAction(button: ButtonAction): Action | undefined {
  return decodeAction(button.value ?? button.action_id);
}
