// The terminal as a platform: one channel, one person, who is an administrator; buttons are numbers to type.
import type { Action } from '../../core/action.ts';
import { PlatformError } from '../../core/errors.ts';
import { shorten } from '../../core/parse-args.ts';
import type { Inbox, InboxCall, Log, Platform, PostedMessage, PostOptions } from '../../core/ports.ts';
import { type ChannelRef, formatRef, sameRef, type UserRef, workspaceOf } from '../../core/refs.ts';
import type { Form, FormField, Reply } from '../../core/reply.ts';
import { createClient, type TerminalClient, type TerminalStreams } from './client.ts';
import { bareForm, completions, decodeLine, openOption } from './decode.ts';
import { printable, renderReply } from './render.ts';

export const terminalChannel: ChannelRef = { platform: 'terminal', workspace: 'local', id: 'main' };
export const terminalUser: UserRef = { platform: 'terminal', workspace: 'local', id: 'you' };

const NAME = 'terminal';

export interface TerminalDeps {
  readonly log: Log;
  /** Called once when the person leaves or the input ends. */
  readonly left?: () => void;
}

/**
 * Private and public are the same here, and an edit is printed anew. A line without a slash that begins with no
 * command's name is a look-up. `exit`, or the end of the input, leaves.
 */
export function createTerminal(streams: TerminalStreams, deps: TerminalDeps): Platform {
  const printed = new Map<string, PostedMessage>();
  let client: TerminalClient | undefined;
  let buttons: readonly Action[] = [];
  let loop: Promise<void> = Promise.resolve();

  const call: InboxCall = {
    by: { ref: terminalUser, displayName: 'you', admin: true },
    channel: terminalChannel,
    inWorkspace: true,
  };

  const print = (reply: Reply): void => {
    if (reply.blocks.length === 0) return;
    const rendered = renderReply(reply);
    if (rendered.buttons.length > 0) buttons = rendered.buttons;
    client?.print(rendered.text);
  };

  const once = (key: string, channel: ChannelRef, reply: Reply): PostedMessage => {
    if (client === undefined) throw new PlatformError('transient', 'the terminal is not open');
    const message = printed.get(key) ?? { channel, id: key };
    if (!printed.has(key)) print(reply);
    printed.set(key, message);
    return message;
  };

  /** Asks for each field of a form in turn; undefined where the person leaves instead. */
  const fill = async (form: Form, args: readonly string[]): Promise<Record<string, string> | undefined> => {
    client?.print(printable(`${form.title} (an empty line keeps what is in brackets or leaves a field out)`));
    const fields: Record<string, string> = {};
    for (const field of form.fields) {
      const given = field.initial === undefined ? '' : (args[field.initial] ?? '');
      const answer = await client?.next(printable(question(field, given)));
      if (answer === undefined) return undefined;
      fields[field.id] = chosen(field, answer.trim()) || given;
    }
    return fields;
  };

  const press = async (inbox: Inbox, number: number): Promise<Reply | undefined> => {
    const action = buttons[number - 1];
    if (action === undefined) {
      const range =
        buttons.length === 0 ? 'no buttons are shown' : `the buttons go from 1 to ${buttons.length}`;
      client?.print(`There is no button ${number}: ${range}.`);
      return undefined;
    }
    const form = inbox.actionInfo(action.name)?.form;
    const fields = form === undefined ? {} : await fill(form, action.args);
    return fields && inbox.action({ ...call, action, fields });
  };

  const run = async (inbox: Inbox, line: string, lookup: boolean): Promise<Reply | undefined> => {
    const bare = bareForm(line, inbox.commands);
    const form = bare?.leaf.form;
    if (bare === undefined || form === undefined) return inbox.command({ ...call, line, lookup });
    const options = await fill(form, []);
    const { name, subcommand } = bare;
    return options && inbox.command({ ...call, name, ...(subcommand && { subcommand }), options });
  };

  const converse = async (inbox: Inbox, terminal: TerminalClient): Promise<void> => {
    for (;;) {
      const line = await terminal.next('> ');
      const typed = decodeLine(line ?? 'exit');
      if (typed.kind === 'leave') break;
      if (typed.kind === 'nothing') continue;
      const answer =
        typed.kind === 'press'
          ? await press(inbox, typed.number)
          : await run(inbox, typed.line, typed.lookup);
      if (answer !== undefined) print(answer);
    }
    deps.left?.();
  };

  const complete = async (inbox: Inbox, line: string): Promise<readonly string[]> => {
    const open = openOption(line, inbox.commands);
    if (open === undefined) return completions(line, inbox.commands);
    const { name, option, partial, before } = open;
    const found = await inbox.suggest({ ...call, name, option, partial });
    return found.map((text) => `${before}${text}`);
  };

  return {
    name: NAME,
    capabilities: {
      buttons: true,
      privateReplies: true,
      suggestions: true,
      edits: false,
      images: false,
      forms: true,
      direct: true,
      threads: false,
    },
    async start(inbox) {
      await inbox.joined(workspaceOf(terminalChannel), terminalUser);
      const terminal = createClient(streams, (line) => complete(inbox, line));
      client = terminal;
      loop = converse(inbox, terminal).catch((error: unknown) => {
        deps.log.error({ err: error }, 'the terminal failed');
        deps.left?.();
      });
      return 'local';
    },
    async post(channel, reply, { key, findOnly }: PostOptions) {
      if (!sameRef(channel, terminalChannel)) {
        throw new PlatformError('gone', `there is no channel ${shorten(formatRef(channel))} in a terminal`);
      }
      if (findOnly === true && !printed.has(key.id))
        throw new PlatformError('rejected', 'no earlier try has posted it');
      return once(key.id, channel, reply);
    },
    async edit(_message, reply) {
      print(reply);
    },
    async direct(user, reply, { key }) {
      if (!sameRef(user, terminalUser)) throw new PlatformError('gone', 'only one person is at a terminal');
      once(key.id, terminalChannel, reply);
    },
    async check(channel) {
      return { missing: sameRef(channel, terminalChannel) ? [] : ['there is only one channel here'] };
    },
    async stop() {
      client?.close();
      await loop;
      client = undefined;
    },
  };
}

function question(field: FormField, given: string): string {
  const options = field.choices?.map((choice, i) => `${i + 1} ${choice.label}`).join(', ');
  const about = [options, field.hint].filter((part) => part !== undefined).join('; ');
  return `${field.label}${about === '' ? '' : ` (${about})`}${given === '' ? '' : ` [${given}]`}: `;
}

/** The value of a choice typed by number, value or label; anything else as typed. */
function chosen(field: FormField, answer: string): string {
  const lower = answer.toLowerCase();
  const choice = field.choices?.find(
    ({ label, value }, i) => answer === String(i + 1) || value === lower || label.toLowerCase() === lower,
  );
  return choice?.value ?? answer;
}
