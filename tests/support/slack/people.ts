// What people do in the local Slack, and what they see.
import type { SeenField } from './seen.ts';
import type { Channel, Member, Team } from './world.ts';

/** What a person sees in answer to something, and what they can do with it. */
export interface SeenAnswer {
  readonly id: string;
  readonly text: string;
  readonly visibility: 'private' | 'public';
  readonly buttons: readonly string[];
  readonly pictures: readonly string[];
  readonly pings: readonly string[];
  /** Set where a form was opened. */
  readonly form?: { readonly title: string; readonly fields: readonly SeenField[] };
  /** Presses the button with this label; resolves with the answer, or undefined where nothing comes. */
  presses(label: string): Promise<SeenAnswer | undefined>;
  /** The same press by somebody else, as on a message for everybody. */
  pressesAs(member: Member, label: string): Promise<SeenAnswer | undefined>;
  /** Fills in the open form and submits it. */
  submits(fields: Readonly<Record<string, string>>): Promise<SeenAnswer | undefined>;
}

export interface SlackPerson {
  readonly member: Member;
  /** A slash command, as typed: `/responsibot who patches EC2`. */
  types(line: string, channel?: Channel): Promise<SeenAnswer | undefined>;
  mentions(text: string, channel?: Channel): Promise<SeenAnswer | undefined>;
  /** Writes to the bot in a direct message. */
  writes(text: string): Promise<SeenAnswer | undefined>;
  /** The message shortcut on a message with this text. */
  shortcut(text: string, channel?: Channel): Promise<SeenAnswer | undefined>;
  opensHome(): Promise<SeenAnswer | undefined>;
}

export interface SlackDriver {
  readonly team: Team;
  readonly channel: Channel;
  as(name: string, options?: { admin?: boolean }): SlackPerson;
  /** What everybody sees in a channel, oldest first, threads left out; `reader` is who presses what is pressed there. */
  channelPosts(channel?: Channel, reader?: SlackPerson): readonly SeenAnswer[];
  directs(person: SlackPerson): readonly SeenAnswer[];
}
