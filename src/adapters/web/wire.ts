// What server and page say to each other: data only, the one place that both sides share.
import type { CommandSpec } from '../../core/command.ts';
import type { Block, ButtonStyle, FormField, Tone, Visibility } from '../../core/reply.ts';

export interface WireForm {
  readonly title: string;
  readonly submit: string;
  /** `value` fills the field beforehand. */
  readonly fields: readonly (Omit<FormField, 'initial' | 'kind'> & { readonly value?: string })[];
}

export interface WireButton {
  readonly label: string;
  /** The encoded action, sent back as it is. */
  readonly action: string;
  readonly style?: ButtonStyle;
  readonly disabled?: boolean;
  /** Filled in before the action is sent. */
  readonly form?: WireForm;
}

/** A reply's block; a `form` block arrives as a choice with a form. */
export type WireBlock =
  | Exclude<Block, { type: 'choices' } | { type: 'form' }>
  | { readonly type: 'choices'; readonly choices: readonly WireButton[] };

export interface WireMessage {
  readonly id: string;
  readonly channel: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly visibility: Visibility;
  readonly tone: Tone;
  readonly blocks: readonly WireBlock[];
  /** What brought the message about, if a person did. */
  readonly via?: Via;
  readonly edited?: boolean;
}

export interface Via {
  readonly user: string;
  readonly how: 'typed' | 'pressed';
  readonly text: string;
}

export interface WirePerson {
  readonly id: string;
  readonly name: string;
  readonly admin: boolean;
}

export interface WireChannel {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  /** A person's own conversation with the bot. */
  readonly direct?: true;
}

/** `GET /api/start`: what a page needs first. */
export interface WireStart {
  readonly people: readonly WirePerson[];
  readonly channels: readonly WireChannel[];
  readonly commands: readonly CommandSpec[];
  readonly messages: readonly WireMessage[];
  /** The event that `messages` includes last: the stream goes on from there. */
  readonly after: string;
}

/** An answer outside of the conversation: the board, the matrix, a cell. */
export interface WireReply {
  readonly tone: Tone;
  readonly blocks: readonly WireBlock[];
}

/**
 * `POST /api/command` and `/api/action`: what came of it, also sent on the stream. `POST /api/refusal` takes what either
 * of them takes, before its form is filled in: a message that says no, or none.
 */
export interface WireSaid {
  readonly message?: WireMessage;
}

/** Every refusal: one sentence. */
export interface WireError {
  readonly error: string;
}
