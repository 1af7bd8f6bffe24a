// Submitted forms: the answer takes the form's place; a mistake is shown on top of it, so that nothing typed is lost.
import type { App, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Reply } from '../../core/reply.ts';
import { isEmpty } from './answer.ts';
import { asksForRights } from './decode.ts';
import type { Desk } from './desk.ts';
import { share } from './home.ts';
import {
  decodeMemory,
  FORM_CALLBACK,
  fieldsOf,
  replyView,
  type SubmittedValue,
  type ViewMemory,
} from './modal.ts';

/** Nothing says what the form was for, so nothing is done with it. */
const OLD_FORM: Reply = {
  blocks: [
    {
      type: 'text',
      text: 'That form is from another version. Ask again: `/responsibot help` shows the way.',
    },
  ],
};
const UNKNOWN: ViewMemory = { channel: '', inWorkspace: false };
const WAIT: Reply = { blocks: [{ type: 'text', text: 'One moment…' }] };

export function listenToForms(app: App, desk: Desk): void {
  app.view<ViewSubmitAction>({ callback_id: FORM_CALLBACK, type: 'view_submission' }, (args) =>
    desk.run('a form', async () => {
      const { body, view, context, ack } = args;
      const memory = decodeMemory(view.private_metadata);
      if (memory === undefined) return ack({ response_action: 'update', view: replyView(OLD_FORM, UNKNOWN) });
      const team = context.teamId ?? body.team?.id ?? '';
      const work = submit(desk, args, team, memory).then((reply) =>
        reply.visibility === 'public' && !isEmpty(reply) ? share(desk, { team, memory }, reply) : reply,
      );
      const early = await desk.inTime(work);
      if (early !== undefined) {
        if (isEmpty(early)) return ack();
        const response_action = early.tone === 'bad' ? 'push' : 'update';
        return ack({ response_action, view: replyView(early, memory) });
      }
      await ack({ response_action: 'update', view: replyView(WAIT, memory) });
      const workspace = await desk.workspace(team);
      const late = await work;
      await desk.api(workspace, 'views.update', () =>
        workspace.client.views.update({ view_id: view.id, view: replyView(late, memory) }),
      );
    }),
  );
}

async function submit(
  desk: Desk,
  { body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>,
  team: string,
  { channel, inWorkspace, action, command }: ViewMemory,
): Promise<Reply> {
  const spec = desk.inbox.commands.find((one) => one.name === command?.name);
  const origin = { team, user: body.user.id, handle: body.user.name, channel, inWorkspace };
  const admin =
    action === undefined ? asksForRights(spec) : desk.inbox.actionInfo(action.name)?.access === 'admin';
  const call = await desk.call(origin, admin ? 'rights' : 'name');
  const fields = fieldsOf(view.state.values as Record<string, Record<string, SubmittedValue>>);
  if (action !== undefined) return desk.inbox.action({ ...call, action, fields });
  if (command !== undefined) return desk.inbox.command({ ...call, ...command, options: fields });
  return { blocks: [] };
}
