// Slash commands and the message shortcut: acknowledged within three seconds, answered in the ack where that is in time.
import type { AckFn, App, RespondArguments, RespondFn, SlashCommand } from '@slack/bolt';
import type { Form, Reply } from '../../core/reply.ts';
import { isEmpty, openForm, respondSurely, responseOf, sayToAll } from './answer.ts';
import { calledBy, formOf, LOOKUP_SHORTCUT, MAIN_COMMAND, questionOf, slashLine } from './decode.ts';
import type { Desk, Origin } from './desk.ts';
import { messageOf } from './errors.ts';
import type { CommandNames } from './modal.ts';
import { picturesOf } from './pictures.ts';
import { isDirect } from './refs.ts';

interface Slash {
  readonly command: SlashCommand;
  readonly ack: AckFn<string | RespondArguments>;
  readonly respond: RespondFn;
  readonly team: string;
}

export function listenToCommands(app: App, desk: Desk): void {
  app.command(/^\//, ({ command, ack, respond, context }) =>
    desk.run(command.command, () =>
      answerSlash(desk, { command, ack, respond, team: context.teamId ?? command.team_id }),
    ),
  );

  app.shortcut(
    { callback_id: LOOKUP_SHORTCUT, type: 'message_action' },
    ({ shortcut, ack, respond, context }) =>
      desk.run(LOOKUP_SHORTCUT, async () => {
        await ack();
        const call = await desk.call(
          {
            team: context.teamId ?? shortcut.team?.id ?? '',
            user: shortcut.user.id,
            handle: shortcut.user.name,
            channel: shortcut.channel.id,
          },
          'nothing',
        );
        const question = questionOf(shortcut.message.text ?? '');
        const reply = await desk.inbox.command({ ...call, name: 'who', options: { question } });
        if (isEmpty(reply)) return;
        await respondSurely(desk, respond, responseOf(reply, { direct: isDirect(shortcut.channel.id) }));
      }),
  );
}

async function answerSlash(desk: Desk, slash: Slash): Promise<void> {
  const { command, team } = slash;
  const line = slashLine(command.command, command.text);
  const origin: Origin = {
    team,
    user: command.user_id,
    handle: command.user_name,
    channel: command.channel_id,
  };
  // Under /responsibot anything else is a look-up; under another name it is a mistake.
  const lookup = command.command === MAIN_COMMAND;
  const called = calledBy(desk.inbox.commands, line);
  const form = formOf(called);
  if (form !== undefined && called?.leaf !== undefined) {
    const { spec, leaf } = called;
    const names = spec.leaf === undefined ? { name: spec.name, subcommand: leaf.name } : { name: spec.name };
    return openCommandForm(desk, slash, origin, { form, names, admin: leaf.access === 'admin' });
  }
  await answerInTime(desk, slash, desk.lineCall(origin, line, lookup).then(desk.inbox.command));
}

async function openCommandForm(
  desk: Desk,
  { command, ack, respond, team }: Slash,
  origin: Origin,
  called: { readonly form: Form; readonly names: CommandNames; readonly admin: boolean },
): Promise<void> {
  await ack();
  const call = await desk.call(origin, called.admin ? 'rights' : 'nothing');
  const refusal =
    (await desk.inbox.refusal({ ...call, ...called.names, options: {} })) ??
    (await openForm(desk, await desk.workspace(team), command.trigger_id, called.form, {
      channel: command.channel_id,
      inWorkspace: call.inWorkspace,
      command: called.names,
    }));
  if (refusal !== undefined)
    await respondSurely(desk, respond, responseOf(refusal, { direct: !call.inWorkspace }));
}

async function answerInTime(desk: Desk, slash: Slash, work: Promise<Reply>): Promise<void> {
  const { command, ack, respond, team } = slash;
  const early = await desk.inTime(work);
  const direct = isDirect(command.channel_id);
  if (early !== undefined && !isEmpty(early) && !isPosted(early)) {
    const body = responseOf(early, { direct });
    return ack(body).catch(() => respondSurely(desk, respond, body));
  }
  // Nothing is lost with an ack that a closing socket did not take: the response URL works without it.
  await ack().catch((error: unknown) => desk.log.debug({ reason: messageOf(error) }, 'an ack was not taken'));
  const reply = early ?? (await work);
  if (isEmpty(reply)) return;
  if (isPosted(reply)) {
    return sayToAll(
      desk,
      { workspace: await desk.workspace(team), channel: command.channel_id, respond },
      reply,
    );
  }
  await respondSurely(desk, respond, responseOf(reply, { direct }));
}

/** Pictures for everybody need a message of the bot's own. */
const isPosted = (reply: Reply): boolean => reply.visibility === 'public' && picturesOf(reply).length > 0;
