// The dispatcher: every call of every platform comes through here. Access, rate limit, parse, run, catch.
import type { Access, Command, CommandContext, LeafSpec } from './command.ts';
import { UserError } from './errors.ts';
import { checkArgs, LINE_MAX, splitLine } from './parse-args.ts';
import type {
  ActionPress,
  Clock,
  CommandCall,
  Inbox,
  InboxCall,
  Log,
  PlatformCapabilities,
  ViewName,
} from './ports.ts';
import { createRateLimit } from './rate-limit.ts';
import { type ChannelRef, formatRef, type UserRef, type WorkspaceRef } from './refs.ts';
import { createRegistry, type Found } from './registry.ts';
import { type Block, prose, type Reply, type Visibility } from './reply.ts';
import type { WorkspaceStore } from './store.ts';

/** Event ids are remembered this long; Slack repeats an event for at most an hour. */
const EVENT_MEMORY_MS = 24 * 60 * 60 * 1000;
const SUGGESTIONS_MAX = 25;
const SUGGESTION_LENGTH_MAX = 100;

export interface DispatcherOptions<Use> {
  readonly commands: readonly Command<Use>[];
  readonly views: Readonly<Record<ViewName, (ctx: CommandContext<Use>) => Promise<Reply>>>;
  readonly use: Use;
  readonly workspaces: Pick<WorkspaceStore, 'isAdmin' | 'greet' | 'firstSight'>;
  readonly hooks: Pick<Inbox, 'joined' | 'left' | 'rollCall' | 'channelGone'>;
  readonly capabilitiesOf: (platform: string) => PlatformCapabilities;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** The inbox that adapters call. No method ever rejects: failures become replies and log lines that share an id. */
export function createDispatcher<Use>(options: DispatcherOptions<Use>): Inbox {
  const { use, workspaces, clock, random, log } = options;
  const registry = createRegistry(options.commands);
  const rateLimit = createRateLimit();
  const greeted = new Set<string>();

  const context = (call: InboxCall): CommandContext<Use> => ({
    user: call.by,
    channel: call.channel,
    inWorkspace: call.inWorkspace,
    now: clock.now(),
    random,
    capabilities: options.capabilitiesOf(call.channel.platform),
    use,
    log,
    isAdmin: async () => call.by.admin || (await workspaces.isAdmin(call.by.ref)),
  });

  const locate = (
    call: CommandCall,
  ): { found: Found<Use>; raw: Readonly<Record<string, string | number | undefined>> } => {
    if ('name' in call) return { found: registry.find(call.name, call.subcommand), raw: call.options };
    if (call.line.length > LINE_MAX) {
      throw new UserError(`That is too long: I read at most ${LINE_MAX.toLocaleString('en')} characters.`);
    }
    const hit = registry.findLine(call.line);
    if (hit !== undefined)
      return { found: hit.found, raw: splitLine(hit.found.spec, hit.found.path, hit.rest) };
    const found = call.lookup === true ? registry.find('who') : undefined;
    if (found === undefined) throw registry.unknown(/^\s*\/?(\S*)/.exec(call.line)?.[1] ?? '');
    return { found, raw: { question: call.line } };
  };

  const admit = async (needs: Access, where: LeafSpec['where'], path: string, ctx: CommandContext<Use>) => {
    if (where === 'workspace' && !ctx.inWorkspace) {
      throw new UserError(
        `\`/${path}\` works in a channel of a workspace or server, not in a private conversation.`,
      );
    }
    if (needs === 'admin' && !(await ctx.isAdmin())) {
      throw new UserError(
        `\`/${path}\` is for administrators; ask one of them, or to be named with \`/daily admins add\`.`,
      );
    }
  };

  const admitCommand = async (call: CommandCall) => {
    const { found, raw } = locate(call);
    const ctx = context(call);
    await admit(found.spec.access, found.spec.where, found.path, ctx);
    return { found, raw, ctx };
  };

  const admitAction = async (press: ActionPress) => {
    const { name } = press.action;
    const action = registry.action(name);
    if (action === undefined)
      throw new UserError('That button is from another version: `/help` shows the way.');
    const ctx = context(press);
    await admit(action.access, 'anywhere', name.split('.')[0] ?? '', ctx);
    return { action, ctx };
  };

  /** Runs one call; a repeated event gets an empty reply, which adapters do not send. */
  const guarded = async (call: InboxCall, what: string, run: () => Promise<Reply>): Promise<Reply> => {
    try {
      if (!rateLimit.take(formatRef(call.by.ref), clock.now())) {
        throw new UserError('That was a lot at once: wait a second, then try again.');
      }
      if (
        call.eventId !== undefined &&
        !(await workspaces.firstSight(call.eventId, clock.now(), EVENT_MEMORY_MS))
      ) {
        return { blocks: [] };
      }
      return await run();
    } catch (error) {
      return failure(error, what);
    }
  };

  const failure = (error: unknown, what: string): Reply => {
    if (error instanceof UserError) {
      return { blocks: [prose(error.message)], tone: 'bad', visibility: 'private' };
    }
    const id = Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
    log.error({ err: error, id, what }, 'a call failed');
    const text = `Something went wrong (id ${id}). Nothing was lost: try again, and tell whoever runs this bot the id if it stays.`;
    return { blocks: [{ type: 'text', text }], tone: 'bad', visibility: 'private' };
  };

  /** The first call in a channel brings the welcome along; its failure never spoils the answer. */
  const welcome = async (ctx: CommandContext<Use>): Promise<readonly Block[]> => {
    const key = formatRef(ctx.channel);
    if (!ctx.inWorkspace || greeted.has(key)) return [];
    try {
      const first = await workspaces.greet(ctx.channel, ctx.now);
      if (greeted.size > 100_000) greeted.clear();
      greeted.add(key);
      return first ? (await options.views.welcome(ctx)).blocks : [];
    } catch (error) {
      log.warn({ err: error, channel: key }, 'the welcome failed');
      return [];
    }
  };

  const hook = (what: string, run: () => Promise<void>) =>
    run().catch((error: unknown) => log.error({ err: error }, `${what} could not be recorded`));

  return {
    commands: registry.specs,
    actionInfo(name) {
      const action = registry.action(name);
      if (action === undefined) return undefined;
      const { access, visibility, form } = action;
      return form === undefined ? { access, visibility } : { access, visibility, form };
    },
    async refusal(call) {
      try {
        await ('action' in call ? admitAction(call) : admitCommand(call));
        return undefined;
      } catch (error) {
        return failure(error, 'the rights for a form');
      }
    },
    command: (call) =>
      guarded(call, 'command', async () => {
        const { found, raw, ctx } = await admitCommand(call);
        const args = checkArgs(found.spec, found.path, raw);
        const answer = await found.leaf.run(args as never, ctx);
        const extra = await welcome(ctx);
        return withVisibility({ ...answer, blocks: [...answer.blocks, ...extra] }, found.spec.visibility);
      }),
    action: (press) =>
      guarded(press, `action ${press.action.name}`, async () => {
        const { action, ctx } = await admitAction(press);
        const answer = await action.run({ args: press.action.args, fields: press.fields ?? {} }, ctx);
        return withVisibility(answer, action.visibility);
      }),
    async suggest(partial) {
      try {
        const found = registry.find(partial.name, partial.subcommand);
        const spec = found.spec.args[partial.option];
        if (spec?.kind === 'choice')
          return spec.choices.filter((choice) => choice.startsWith(partial.partial.toLowerCase()));
        const list = await found.leaf.suggest?.(
          partial.option,
          partial.partial.slice(0, 1000),
          context(partial),
        );
        return (list ?? []).filter((text) => text.length <= SUGGESTION_LENGTH_MAX).slice(0, SUGGESTIONS_MAX);
      } catch (error) {
        if (!(error instanceof UserError)) log.warn({ err: error }, 'suggestions failed');
        return [];
      }
    },
    view: (name, call) => guarded(call, `view ${name}`, () => options.views[name](context(call))),
    joined: (workspace: WorkspaceRef, by?: UserRef) =>
      hook('a new workspace', () => options.hooks.joined(workspace, by)),
    left: (workspace: WorkspaceRef) => hook('a leave', () => options.hooks.left(workspace)),
    rollCall: (roll) => hook('where the bot is', () => options.hooks.rollCall(roll)),
    channelGone: (channel: ChannelRef, reason: string) =>
      hook('a lost channel', () => options.hooks.channelGone(channel, reason)),
    async firstSight(eventId) {
      try {
        return await workspaces.firstSight(eventId, clock.now(), EVENT_MEMORY_MS);
      } catch (error) {
        log.error({ err: error }, 'an event id could not be recorded');
        return true;
      }
    },
  };
}

function withVisibility(reply: Reply, visibility: Visibility): Reply {
  return reply.visibility === undefined ? { ...reply, visibility } : reply;
}
