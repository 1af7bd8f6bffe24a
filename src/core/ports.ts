// The ports: what the engine needs from a platform, a clock and a log, and what platforms call.
import type { Action } from './action.ts';
import type { ActionInfo, CommandSpec, Person } from './command.ts';
import type { ChannelRef, UserRef, WorkspaceRef } from './refs.ts';
import type { Reply } from './reply.ts';

/** Milliseconds since the Unix epoch. */
export type Instant = number;

/** A day in some zone, `YYYY-MM-DD`. */
export type LocalDate = string;

/** The system's clock, or a test's. Timers never keep the process alive. */
export interface Clock {
  now(): Instant;
  /** Calls `run` once after `ms`, unless cancelled first. */
  after(ms: number, run: () => void): { cancel(): void };
}

/** Structured log lines; secrets are redacted by the implementation. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type PlatformCapabilities = Readonly<
  Record<
    'buttons' | 'privateReplies' | 'suggestions' | 'edits' | 'images' | 'forms' | 'direct' | 'threads',
    boolean
  >
>;

/** One thing sent for a slot. Unique by (channel, kind, local date); also the key under which a platform finds it again. */
export type DeliveryKind = 'question' | 'reveal' | 'digest' | 'notice' | 'reminder' | 'test';
export interface DeliveryKey {
  /** At most 25 characters, letters, digits, `-`: fits Discord's nonce and Slack's metadata. Unique per delivery. */
  readonly id: string;
  readonly kind: DeliveryKind;
  /** The round that the message shows, if any: its buttons carry it. */
  readonly round?: string;
  /** Nothing was sent under this key before this instant: where a search of the history may stop. */
  readonly since: Instant;
}

/** A message that the platform accepted. Plain data: stored, and used for edits after a restart. */
export interface PostedMessage {
  readonly channel: ChannelRef;
  readonly id: string;
  /** The thread opened for it, where one was asked for. */
  readonly thread?: string;
  /** Set when a retry could not read the history: what is unproven, in one sentence. */
  readonly unproven?: string;
}

export interface PostOptions {
  readonly key: DeliveryKey;
  /** True where an earlier try may have reached the platform: only then is the history read. */
  readonly retry: boolean;
  /** It is too late to post: what an earlier try left is looked for, and `rejected` says that there is nothing. */
  readonly findOnly?: boolean;
  /** Opens a thread with this title under the message, where the platform has threads. */
  readonly thread?: string;
}

/** What the bot may do in a channel; `missing` names the rights or steps that are lacking, in the platform's own words. */
export interface ChannelAccess {
  readonly missing: readonly string[];
}

/** An adapter. It translates: no command logic, no rules. Every failure is a PlatformError. */
export interface Platform {
  readonly name: string;
  readonly capabilities: PlatformCapabilities;
  /** Resolves when the platform is ready to answer; rejects with a ConfigurationError where its token is refused. The value is what `ready <name> …` says. */
  start(inbox: Inbox): Promise<string>;
  /** Same key twice → one message. */
  post(channel: ChannelRef, reply: Reply, options: PostOptions): Promise<PostedMessage>;
  edit(message: PostedMessage, reply: Reply): Promise<void>;
  /** A direct message to one person. Same key twice → one message, as far as the platform can tell. */
  direct(user: UserRef, reply: Reply, options: PostOptions): Promise<void>;
  /** Whether the bot can post questions there, asked of the platform now. */
  check(channel: ChannelRef, needs: { readonly thread: boolean }): Promise<ChannelAccess>;
  /** Stops intake, then waits for the work in flight. */
  stop(): Promise<void>;
}

interface Call {
  readonly by: Person;
  readonly channel: ChannelRef;
  /** False in direct messages and personal installs. */
  readonly inWorkspace: boolean;
  /** An id that the platform repeats when it delivers the same event again; the second one is not run. */
  readonly eventId?: string;
}

/** Typed options (Discord, forms), or a line as typed (`daily set 09:00 Europe/Berlin`), with or without the slash. */
export type CommandCall = Call &
  (
    | {
        readonly name: string;
        readonly subcommand?: string;
        readonly options: Readonly<Record<string, string | number | undefined>>;
      }
    | {
        readonly line: string;
        /** A line that begins with no command's name is a look-up; otherwise it is an error. */
        readonly lookup?: boolean;
      }
  );

export interface ActionPress extends Call {
  readonly action: Action;
  /** The values of a submitted form. */
  readonly fields?: Readonly<Record<string, string>>;
}

export interface PartialCall extends Call {
  readonly name: string;
  readonly subcommand?: string;
  readonly option: string;
  readonly partial: string;
}

/** Where the bot is, as a platform says when it connects: what changed while the bot was away shows by it. */
export interface Roll {
  readonly platform: string;
  /** Of the workspaces that this process serves. */
  readonly present: readonly WorkspaceRef[];
  /** Whether the bot is for certain not in a workspace any more: false for what another process serves. */
  isGone(workspace: WorkspaceRef): boolean;
}

export type ViewName = 'home' | 'matrix' | 'welcome';

/** What platforms call. Nothing here ever rejects. */
export interface Inbox {
  readonly commands: readonly CommandSpec[];
  /** The declared visibility, access and form of an action, or undefined for an unknown one. */
  actionInfo(name: string): ActionInfo | undefined;
  /**
   * The refusal that this call would meet before it runs: for want of rights, of a workspace, or of such a command.
   * Undefined where nothing stands in its way. Asked before a form is opened, so that nobody fills one in for nothing.
   */
  refusal(call: CommandCall | ActionPress): Promise<Reply | undefined>;
  command(call: CommandCall): Promise<Reply>;
  action(press: ActionPress): Promise<Reply>;
  suggest(partial: PartialCall): Promise<readonly string[]>;
  view(name: ViewName, call: Call): Promise<Reply>;
  /** The bot was added to a workspace. `by` is who installed it, where the platform says. */
  joined(workspace: WorkspaceRef, by?: UserRef): Promise<void>;
  /** The bot was removed from a workspace: schedules stop, data goes after the retention time. */
  left(workspace: WorkspaceRef): Promise<void>;
  /** The same for all workspaces at once: known ones that are gone have been left, the present ones joined. */
  rollCall(roll: Roll): Promise<void>;
  /** A channel was deleted or archived, or the bot was removed from it. */
  channelGone(channel: ChannelRef, reason: string): Promise<void>;
  /** True the first time that an event id is seen; remembered on disk for a day. */
  firstSight(eventId: string): Promise<boolean>;
}
export type { Call as InboxCall };
