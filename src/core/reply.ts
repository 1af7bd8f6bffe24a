// A reply is data: what to say, for every platform alike. Adapters render it; nobody else formats.
import type { Action } from './action.ts';

/** Inline text. A plain string is never interpreted: adapters escape it for their platform. */
export type Inline =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly link: string; readonly url: string }
  /** An instant (ms since the epoch), shown in the reader's zone where the platform can, else in `zone`. */
  | { readonly at: number; readonly zone: string };

export type Text = string | readonly Inline[];

export type ButtonStyle = 'primary' | 'plain' | 'danger';

export interface Button {
  readonly label: string;
  readonly action: Action;
  readonly style?: ButtonStyle;
  readonly disabled?: boolean;
}

export interface Source {
  readonly title: string;
  readonly url: string;
}

/** A picture: SVG source and the same content in words (shown where a picture cannot be). */
export interface Picture {
  readonly svg: string;
  readonly alt: string;
  /** What the picture adds to the text around it, for places that show no pictures; `alt` if left out. */
  readonly brief?: string;
  readonly name: string;
}

export interface MatrixRow {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** The service's model: `iaas`, `managed`, … */
  readonly model?: string;
  /** One letter per control: a aws, c customer, s shared, d depends, - does not apply. */
  readonly owners: string;
}

export type Block =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'text'; readonly text: Text; readonly quiet?: boolean }
  | { readonly type: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Text }[] }
  | {
      readonly type: 'table';
      readonly columns: readonly { readonly label: string; readonly align?: 'left' | 'right' }[];
      readonly rows: readonly (readonly string[])[];
      /** Index of the row that is the reader's own. */
      readonly highlight?: number;
    }
  | { readonly type: 'choices'; readonly choices: readonly Button[] }
  | { readonly type: 'image'; readonly image: Picture }
  | { readonly type: 'sources'; readonly sources: readonly Source[]; readonly checkedOn?: string }
  /** The services × controls table of the playground's explore page. A cell's reason and source: action `service.cell` with the two ids. */
  | {
      readonly type: 'matrix';
      readonly controls: readonly { readonly id: string; readonly label: string; readonly group: string }[];
      readonly rows: readonly MatrixRow[];
    }
  /** A button that opens the form of its action; where a platform has no forms, `instead` says what to type. */
  | { readonly type: 'form'; readonly label: string; readonly action: Action; readonly instead: string };

export type Visibility = 'public' | 'private';

/** `good` and `bad` colour a right and a wrong answer; meaning never rests on the colour alone. */
export type Tone = 'neutral' | 'good' | 'bad';

export interface Reply {
  readonly blocks: readonly Block[];
  readonly tone?: Tone;
  /** Set by the dispatcher from the command or action; a command need not set it. */
  readonly visibility?: Visibility;
  /** The pressed message is replaced by this reply instead of a new message, where the platform can. */
  readonly update?: boolean;
}

/** A field of a form. `initial` is the index of the action's argument that fills it beforehand. */
export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly multiline?: boolean;
  readonly choices?: readonly { readonly label: string; readonly value: string }[];
  readonly initial?: number;
  /** A channel of the workspace, where the platform can let people choose one (value: its id); left out elsewhere. */
  readonly kind?: 'channel';
}

/** Declared on a command or an action, because a platform must show it before any answer exists. */
export interface Form {
  readonly title: string;
  readonly submit: string;
  readonly fields: readonly FormField[];
}

export function reply(...blocks: Block[]): Reply {
  return { blocks };
}
export const heading = (text: string): Block => ({ type: 'heading', text });
export const text = (value: Text): Block => ({ type: 'text', text: value });
/** A sentence of our own in which `code` stands between backticks. */
export const prose = (value: string): Block => ({ type: 'text', text: codeMarks(value) });
export const quiet = (value: Text): Block => ({ type: 'text', text: value, quiet: true });
export const facts = (...items: { label: string; value: Text }[]): Block => ({ type: 'facts', facts: items });
export const choices = (...buttons: Button[]): Block => ({ type: 'choices', choices: buttons });
export const sources = (items: readonly Source[], checkedOn?: string): Block =>
  checkedOn === undefined
    ? { type: 'sources', sources: items }
    : { type: 'sources', sources: items, checkedOn };

/** Backticks become code; a text without them stays as it is. */
export function codeMarks(value: string): Text {
  const parts = value.split('`');
  if (parts.length % 2 === 0 || parts.length === 1) return value;
  return parts.map((part, i) => (i % 2 === 1 ? { code: part } : part)).filter((part) => part !== '');
}
