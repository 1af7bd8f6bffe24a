// What a slash command is: data that adapters register and render help from, and a function that answers.

import type { Instant, Log, PlatformCapabilities } from './ports.ts';
import type { ChannelRef, UserRef } from './refs.ts';
import type { Form, Reply, Visibility } from './reply.ts';

/** An option of a command. `rest` takes the remaining words of a typed line (at most one, the last). */
export type ArgSpec = {
  readonly summary: string;
  readonly required?: boolean;
} & (
  | {
      readonly kind: 'text';
      readonly rest?: boolean;
      readonly maxLength?: number;
      readonly suggests?: boolean;
    }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'user' }
);

export type ArgSpecs = Readonly<Record<string, ArgSpec>>;

type ArgValue<S extends ArgSpec> = S extends { kind: 'integer' }
  ? number
  : S extends { kind: 'choice'; choices: readonly (infer C extends string)[] }
    ? C
    : string;

/** Parsed, checked values by option name: required ones are present. A `user` is its platform id. */
export type ArgValues<A extends ArgSpecs> = {
  readonly [K in keyof A]: A[K] extends { required: true } ? ArgValue<A[K]> : ArgValue<A[K]> | undefined;
};

export type Access = 'everyone' | 'admin';

/** Who acts. `admin` is the platform's word (see DESIGN §2); {@link CommandContext.isAdmin} adds those named by `/daily admins`. */
export interface Person {
  readonly ref: UserRef;
  readonly displayName: string;
  readonly admin: boolean;
}

/** What a command may use: time and randomness come from here only. `use` holds the use cases. */
export interface CommandContext<Use> {
  readonly user: Person;
  /** Whether the person is an administrator here, by the platform's word or by `/daily admins`. */
  isAdmin(): Promise<boolean>;
  /** Where it was typed. For a direct message: the conversation with the bot. */
  readonly channel: ChannelRef;
  /** False in direct messages and personal installs: no rounds, boards or schedules there. */
  readonly inWorkspace: boolean;
  readonly now: Instant;
  readonly random: () => number;
  readonly capabilities: PlatformCapabilities;
  readonly use: Use;
  readonly log: Log;
}

export interface CommandBase {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line of at most 100 characters, shown in the platform's command list. */
  readonly summary: string;
}

/** A command that runs. `examples` are run as tests; they are typed without the leading slash. */
export interface Leaf<A extends ArgSpecs, Use> extends CommandBase {
  readonly args: A;
  readonly examples: readonly [string, ...string[]];
  readonly access: Access;
  readonly visibility: Visibility;
  /** `workspace`: refused in direct messages and personal installs. Default `anywhere`. */
  readonly where?: 'workspace' | 'anywhere';
  /** Further help, shown by `/help <command>`. */
  readonly details?: readonly string[];
  /** Opened when the command is called without its required options, where the platform has forms; submits to the command itself. */
  readonly form?: Form;
  run(args: ArgValues<A>, ctx: CommandContext<Use>): Promise<Reply>;
  /** At most 25 completions for an option with `suggests`, best first. Must answer within some 100 ms. */
  suggest?(option: string, partial: string, ctx: CommandContext<Use>): Promise<readonly string[]>;
}

/** What a button or a form of this command does. Named `command.action` in {@link Action}. */
export interface ActionSpec<Use> {
  readonly access: Access;
  readonly visibility: Visibility;
  readonly form?: Form;
  run(
    press: { readonly args: readonly string[]; readonly fields: Readonly<Record<string, string>> },
    ctx: CommandContext<Use>,
  ): Promise<Reply>;
}

export interface Group<Use> extends CommandBase {
  readonly subcommands: readonly Leaf<ArgSpecs, Use>[];
  /** The subcommand that a typed line without one means. */
  readonly bare?: string;
}

// A leaf's `run` takes the values of its own options; a registry holds leaves of all options.
export type Command<Use> = (Leaf<ArgSpecs, Use> | Group<Use>) & {
  readonly actions?: Readonly<Record<string, ActionSpec<Use>>>;
};

/** Types a leaf by its own options and hands it out as one of many. */
export function leaf<const A extends ArgSpecs, Use>(spec: Leaf<A, Use>): Leaf<ArgSpecs, Use> {
  return spec as unknown as Leaf<ArgSpecs, Use>;
}

/** The part of a command that adapters see: data only. */
export interface LeafSpec extends CommandBase {
  readonly args: ArgSpecs;
  readonly examples: readonly string[];
  readonly access: Access;
  readonly visibility: Visibility;
  readonly where: 'workspace' | 'anywhere';
  readonly details: readonly string[];
  readonly form?: Form;
}
export interface CommandSpec extends CommandBase {
  /** Present on a command that runs by itself. */
  readonly leaf?: LeafSpec;
  /** Present on a group; empty on a command that runs by itself. */
  readonly subcommands: readonly LeafSpec[];
}
export interface ActionInfo {
  readonly access: Access;
  readonly visibility: Visibility;
  readonly form?: Form;
}
