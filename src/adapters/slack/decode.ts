// Slack's payloads → what was typed or pressed, as data. Pure.
import type { CommandSpec, LeafSpec } from '../../core/command.ts';
import type { Form } from '../../core/reply.ts';
import { RENAMED_COMMANDS } from './limits.ts';

/** The command under which every other one can be reached. */
export const MAIN_COMMAND = '/responsibot';
export const LOOKUP_SHORTCUT = 'who_is_responsible';
const QUESTION_MAX = 1000;

const ORIGINAL_NAMES = new Map([...RENAMED_COMMANDS].map(([name, renamed]) => [renamed, name]));

/** A slash command as the line that it stands for: `/daily set 09:00` and `/responsibot daily set 09:00` are the same. */
export function slashLine(command: string, text: string): string {
  const typed = plainTyped(text).trim();
  if (command === MAIN_COMMAND) return typed === '' ? 'help' : typed;
  const name = command.replace(/^\//, '');
  return `${ORIGINAL_NAMES.get(name) ?? name} ${typed}`.trim();
}

/** What follows the mention of the bot; `help` where nothing does. */
export function mentionLine(text: string, botUser: string): string {
  const line = plainTyped(text.replaceAll(new RegExp(`<@${botUser}(\\|[^>]*)?>`, 'g'), ' ')).trim();
  return line === '' ? 'help' : line;
}

/** A message as a question to look up. */
export function questionOf(text: string): string {
  return plainTyped(text).replace(/\s+/g, ' ').trim().slice(0, QUESTION_MAX);
}

/** Slack's escapes undone: links as their label or address, channels as `#name`. Mentions of people keep their id. */
export function plainTyped(text: string): string {
  return text
    .replace(/<#([^|>]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || id}`)
    .replace(/<!([a-z]+)[^>]*>/g, '@$1')
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, url: string, label?: string) => label || url)
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** The command that a line calls by name, its subcommand, and the words after them. */
export interface Called {
  readonly spec: CommandSpec;
  readonly leaf?: LeafSpec;
  readonly rest: string;
}

/** Undefined for a line that begins with no command's name: a look-up. */
export function calledBy(specs: readonly CommandSpec[], line: string): Called | undefined {
  const [, word = '', rest = ''] = /^\s*\/?(\S*)\s*(.*)$/s.exec(line) ?? [];
  const spec = specs.find(({ name, aliases }) => isNamed(word, name, aliases));
  if (spec === undefined) return undefined;
  if (spec.leaf !== undefined) return { spec, leaf: spec.leaf, rest };
  const [, sub = '', after = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
  const leaf = spec.subcommands.find(({ name, aliases }) => isNamed(sub, name, aliases));
  return leaf === undefined ? { spec, rest } : { spec, leaf, rest: after };
}

/** The form that a command opens when it is called without the options that it requires. */
export function formOf(called: Called | undefined): Form | undefined {
  const { leaf, rest } = called ?? {};
  if (leaf?.form === undefined || rest?.trim() !== '') return undefined;
  return Object.values(leaf.args).some((arg) => arg.required === true) ? leaf.form : undefined;
}

/** Whether a command, one of its subcommands or of its buttons may ask for an administrator. */
export function asksForRights(spec: CommandSpec | undefined): boolean {
  if (spec === undefined) return false;
  return spec.leaf?.access === 'admin' || spec.subcommands.some((leaf) => leaf.access === 'admin');
}

function isNamed(word: string, name: string, aliases: readonly string[] = []): boolean {
  const wanted = word.toLowerCase();
  return name === wanted || aliases.includes(wanted);
}
