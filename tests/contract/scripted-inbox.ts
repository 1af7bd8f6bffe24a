// An inbox that tests script: it records every call and answers with what the test wants.
import type { ActionInfo, CommandSpec } from '../../src/core/command.ts';
import type { ActionPress, CommandCall, Inbox, InboxCall, PartialCall, Roll } from '../../src/core/ports.ts';
import { type Reply, reply, text } from '../../src/core/reply.ts';

export interface ScriptedInbox extends Inbox {
  readonly calls: {
    readonly commands: CommandCall[];
    readonly actions: ActionPress[];
    readonly suggests: PartialCall[];
    readonly views: { readonly name: string; readonly call: InboxCall }[];
    readonly joined: unknown[];
    readonly left: unknown[];
    readonly rolls: Roll[];
    readonly gone: unknown[];
  };
}

/** What the test answers; whatever it leaves out gets a short text that repeats the call. */
export interface InboxScript {
  readonly commands?: readonly CommandSpec[];
  readonly actions?: Readonly<Record<string, ActionInfo>>;
  /** What `refusal` says; without it everything may be opened. */
  readonly refusal?: (call: CommandCall | ActionPress) => Reply | undefined | Promise<Reply | undefined>;
  readonly command?: (call: CommandCall) => Reply | Promise<Reply>;
  readonly action?: (press: ActionPress) => Reply | Promise<Reply>;
  readonly suggest?: (partial: PartialCall) => readonly string[] | Promise<readonly string[]>;
  readonly view?: (name: string, call: InboxCall) => Reply | Promise<Reply>;
}

/** Like the real inbox, it never rejects unless the script does. Event ids are seen once each. */
export function scriptedInbox(script: InboxScript = {}): ScriptedInbox {
  const calls: ScriptedInbox['calls'] = {
    commands: [],
    actions: [],
    suggests: [],
    views: [],
    joined: [],
    left: [],
    rolls: [],
    gone: [],
  };
  const seen = new Set<string>();
  return {
    calls,
    commands: script.commands ?? [],
    actionInfo: (name) => script.actions?.[name],
    refusal: async (call) => script.refusal?.(call),
    command: async (call) => {
      calls.commands.push(call);
      return script.command?.(call) ?? reply(text(`heard ${'line' in call ? call.line : call.name}`));
    },
    action: async (press) => {
      calls.actions.push(press);
      return script.action?.(press) ?? reply(text(`pressed ${press.action.name}`));
    },
    suggest: async (partial) => {
      calls.suggests.push(partial);
      return script.suggest?.(partial) ?? [];
    },
    view: async (name, call) => {
      calls.views.push({ name, call });
      return script.view?.(name, call) ?? reply(text(`view ${name}`));
    },
    joined: async (...args) => void calls.joined.push(args.filter((arg) => arg !== undefined)),
    left: async (workspace) => void calls.left.push(workspace),
    rollCall: async (roll) => void calls.rolls.push(roll),
    channelGone: async (channel) => void calls.gone.push(channel),
    firstSight: async (id) => seen.size !== seen.add(id).size,
  };
}
