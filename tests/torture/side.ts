// A local platform as the torture sees it: people who set schedules and press buttons, and what stands in the channels.
import type { ChannelRef, UserRef } from '../../src/core/refs.ts';

export interface Post {
  readonly id: string;
  readonly text: string;
  /** The round that its buttons name, while it has buttons. */
  readonly round?: string;
}

/** A press on its way: `told` resolves with what the person was told, and rejects where the bot said nothing. */
export interface Press {
  readonly round: string;
  readonly user: UserRef;
  readonly told: Promise<string>;
}

export interface Side {
  readonly platform: string;
  /** The variables that make the bot serve it. */
  readonly env: Readonly<Record<string, string>>;
  readonly channels: readonly ChannelRef[];
  readonly members: readonly UserRef[];
  /** An administrator types a command in a channel. */
  administer(channel: ChannelRef, line: string): Promise<string>;
  /** A member presses one of the choices of an open question in the channel, if there is one. */
  press(channel: ChannelRef, member: number, choice: number, old: boolean): Press | undefined;
  /** What the bot said there for everybody, threads left out, oldest first. */
  posts(channel: ChannelRef): readonly Post[];
  /** What the bot said to people directly. */
  directs(): readonly string[];
  /** What the real platform would have refused. */
  problems(): readonly string[];
  stop(): Promise<void>;
}

export interface SideOptions {
  readonly channels: number;
  readonly now: () => number;
  /** Called when a request of the bot arrives, before it is carried out. */
  readonly onRequest: (what: string) => void;
}

export const MEMBERS = ['ann', 'bob', 'cem', 'dana', 'eli'] as const;
