// The home tab, and answers that are shown as views because they were asked for in one.
import type { App } from '@slack/bolt';
import type { Reply } from '../../core/reply.ts';
import type { Desk } from './desk.ts';
import { messageOf } from './errors.ts';
import { homeView, replyView } from './modal.ts';
import type { Press } from './presses.ts';

export function listenToHome(app: App, desk: Desk): void {
  app.event('app_home_opened', ({ event, body, context }) =>
    desk.run('app_home_opened', async () => {
      if (event.tab !== 'home') return;
      await publishHome(desk, context.teamId ?? body.team_id, event.user, event.channel);
    }),
  );
}

/** In the home tab a person is in their workspace: boards and settings show, though the channel is a private one. */
async function publishHome(desk: Desk, team: string, user: string, channel: string): Promise<void> {
  const call = await desk.call({ team, user, channel, inWorkspace: true }, 'rights');
  const reply = await desk.inbox.view('home', call);
  const workspace = await desk.workspace(team);
  await desk.api(workspace, 'views.publish', () =>
    workspace.client.views.publish({
      user_id: user,
      view: homeView(reply, { channel, inWorkspace: true }),
    }),
  );
}

/** Shows an answer where no message is: on top of the home tab, or in place of the view that was pressed in. */
export async function showInView(desk: Desk, press: Press, reply: Reply): Promise<void> {
  const { body, team, memory } = press;
  const workspace = await desk.workspace(team);
  const shown = reply.visibility === 'public' ? await share(desk, press, reply) : reply;
  const view = replyView(shown, memory);
  if (body.view?.type !== 'home') {
    await desk.api(workspace, 'views.update', () =>
      workspace.client.views.update({ view_id: body.view?.id ?? '', view }),
    );
    return;
  }
  try {
    await desk.api(workspace, 'views.open', () =>
      workspace.client.views.open({ trigger_id: body.trigger_id, view }),
    );
  } catch (error) {
    // Three seconds after the press no view opens any more; the answer comes as a message then.
    desk.log.debug({ reason: messageOf(error) }, 'an answer goes as a direct message');
    await desk.posts.tell(workspace, body.user.id, shown);
  }
  await publishHome(desk, team, body.user.id, memory.channel);
}

/** Says it in the channel that the view belongs to, and tells the presser so. */
export async function share(
  desk: Desk,
  { team, memory }: Pick<Press, 'team' | 'memory'>,
  reply: Reply,
): Promise<Reply> {
  try {
    await desk.posts.say(await desk.workspace(team), memory.channel, reply, memory.thread);
    return { blocks: [{ type: 'text', text: 'It is in the channel now.' }] };
  } catch (error) {
    desk.log.debug({ reason: messageOf(error) }, 'an answer could not be shared');
    const hint = 'I could not post this in the channel: invite me there with `/invite @Responsibot`.';
    return { ...reply, blocks: [{ type: 'text', text: hint }, ...reply.blocks] };
  }
}
