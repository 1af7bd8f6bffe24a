// A typed line → what it asks for. Pure.
import type { CommandSpec, LeafSpec } from '../../core/command.ts';

export type Typed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'press'; readonly number: number }
  /** A line that begins with no slash is a command or, failing that, a look-up. */
  | { readonly kind: 'line'; readonly line: string; readonly lookup: boolean };

export function decodeLine(line: string): Typed {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  if (/^\/?(exit|quit)$/i.test(text)) return { kind: 'leave' };
  if (/^\d{1,3}$/.test(text)) return { kind: 'press', number: Number(text) };
  return { kind: 'line', line: text, lookup: !text.startsWith('/') };
}

export interface Bare {
  readonly name: string;
  readonly subcommand?: string;
  readonly leaf: LeafSpec;
}

/** The command that a line names without any option, where that command has a form to ask for them. */
export function bareForm(line: string, commands: readonly CommandSpec[]): Bare | undefined {
  const words = line.replace(/^\//, '').toLowerCase().split(/\s+/);
  const command = commands.find(({ name }) => name === words[0]);
  const leaf = words.length === 1 ? command?.leaf : undefined;
  const below = words.length === 2 ? command?.subcommands.find(({ name }) => name === words[1]) : undefined;
  if (command !== undefined && leaf?.form) return { name: command.name, leaf };
  return command !== undefined && below?.form
    ? { name: command.name, subcommand: below.name, leaf: below }
    : undefined;
}

/** Completions of a line's last word while the command's name is typed: `/le` → `/leaderboard`, `/daily s` → `/daily set`. */
export function completions(line: string, commands: readonly CommandSpec[]): string[] {
  const [, slash = '', name = '', space = '', rest = ''] = /^(\/?)(\S*)(\s*)(.*)$/s.exec(line) ?? [];
  if (space === '') {
    return commands
      .filter((command) => command.name.startsWith(name))
      .map((command) => `${slash}${command.name} `);
  }
  const command = commands.find((candidate) => candidate.name === name);
  return (command?.subcommands ?? [])
    .filter((leaf) => leaf.name.startsWith(rest))
    .map((leaf) => `${slash}${name} ${leaf.name} `);
}

/** The option that the end of a line fills, where its command suggests values for it. */
export function openOption(
  line: string,
  commands: readonly CommandSpec[],
):
  | { readonly name: string; readonly option: string; readonly partial: string; readonly before: string }
  | undefined {
  const [, before, name, partial] = /^(\/?(\S+)\s+)(.+)$/s.exec(line) ?? [];
  const leaf = commands.find((command) => command.name === name)?.leaf;
  const option = Object.entries(leaf?.args ?? {}).find(
    ([, spec]) => spec.kind === 'text' && spec.suggests,
  )?.[0];
  if (before === undefined || name === undefined || partial === undefined || option === undefined)
    return undefined;
  return { name, option, partial, before };
}
