// The registry: finds a command by its name or alias, and tells adapters the specs. Built from one explicit list.
import type { ActionSpec, ArgSpecs, Command, CommandSpec, Leaf, LeafSpec } from './command.ts';
import { UserError } from './errors.ts';
import { shorten } from './parse-args.ts';

/** A command that can run, with the words that call it: `daily set`. */
export interface Found<Use> {
  readonly leaf: Leaf<ArgSpecs, Use>;
  readonly spec: LeafSpec;
  readonly path: string;
}

export interface Registry<Use> {
  readonly specs: readonly CommandSpec[];
  readonly leaves: readonly Found<Use>[];
  /** By names, as Discord calls. Throws a UserError for unknown ones. */
  find(name: string, subcommand?: string): Found<Use>;
  /** By a typed line; `rest` is what follows the names. Undefined where the first word is no command's name. */
  findLine(line: string): { readonly found: Found<Use>; readonly rest: string } | undefined;
  action(name: string): ActionSpec<Use> | undefined;
  /** The error for a first word that is no command. */
  unknown(word: string): UserError;
}

/** Throws at start, not at a call, where two commands claim a name or a limit that every platform shares is broken. */
export function createRegistry<Use>(commands: readonly Command<Use>[]): Registry<Use> {
  const byName = new Map<string, Command<Use>>();
  const actions = new Map<string, ActionSpec<Use>>();
  for (const command of commands) {
    for (const name of [command.name, ...(command.aliases ?? [])]) {
      if (!/^[a-z][a-z-]{0,31}$/.test(name)) throw new Error(`not a command name: ${name}`);
      if (byName.has(name)) throw new Error(`two commands are called ${name}`);
      byName.set(name, command);
    }
    for (const [key, action] of Object.entries(command.actions ?? {}))
      actions.set(`${command.name}.${key}`, action);
  }
  const leaves = commands.flatMap(leavesOf);
  for (const { spec, path } of leaves) {
    if (spec.summary.length > 100) throw new Error(`the summary of ${path} is longer than 100 characters`);
  }
  const leaf = (command: Command<Use>, subcommand?: string): Found<Use> => {
    const candidates = leaves.filter((found) => found.path.split(' ')[0] === command.name);
    const word = subcommand?.toLowerCase() ?? ('bare' in command ? command.bare : undefined);
    const found =
      'subcommands' in command
        ? candidates.find((c) => c.leaf.name === word || c.leaf.aliases?.includes(word ?? ''))
        : candidates[0];
    if (found) return found;
    const names = candidates.map((c) => c.leaf.name).join(', ');
    throw new UserError(
      `\`/${command.name}\` is followed by one of ${names}, not by "${shorten(word ?? '')}".`,
    );
  };
  const unknown = (word: string): UserError => {
    const near = nearest(word.toLowerCase(), [...byName.keys()]);
    const hint = near === undefined ? '' : ` Did you mean \`/${near}\`?`;
    return new UserError(`There is no command \`/${shorten(word)}\`.${hint} \`/help\` lists what I can do.`);
  };
  return {
    specs: commands.map(specOf),
    leaves,
    find(name, subcommand) {
      const command = byName.get(name.toLowerCase());
      if (command === undefined) throw unknown(name);
      return leaf(command, subcommand);
    },
    findLine(line) {
      const [, word = '', rest = ''] = /^\s*\/?(\S*)\s*(.*)$/s.exec(line) ?? [];
      const command = byName.get(word.toLowerCase());
      if (command === undefined) return undefined;
      if (!('subcommands' in command)) return { found: leaf(command), rest };
      const [, sub = '', after = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
      return { found: leaf(command, sub === '' ? undefined : sub), rest: after };
    },
    action: (name) => actions.get(name),
    unknown,
  };
}

function leavesOf<Use>(command: Command<Use>): Found<Use>[] {
  if (!('subcommands' in command)) return [{ leaf: command, spec: leafSpec(command), path: command.name }];
  return command.subcommands.map((leaf) => ({
    leaf,
    spec: leafSpec(leaf),
    path: `${command.name} ${leaf.name}`,
  }));
}

function specOf<Use>(command: Command<Use>): CommandSpec {
  const base = {
    name: command.name,
    summary: command.summary,
    ...(command.aliases === undefined ? {} : { aliases: command.aliases }),
  };
  return 'subcommands' in command
    ? { ...base, subcommands: command.subcommands.map(leafSpec) }
    : { ...base, leaf: leafSpec(command), subcommands: [] };
}

function leafSpec<Use>(leaf: Leaf<ArgSpecs, Use>): LeafSpec {
  return {
    name: leaf.name,
    summary: leaf.summary,
    args: leaf.args,
    examples: leaf.examples,
    access: leaf.access,
    visibility: leaf.visibility,
    where: leaf.where ?? 'anywhere',
    details: leaf.details ?? [],
    ...(leaf.aliases === undefined ? {} : { aliases: leaf.aliases }),
    ...(leaf.form === undefined ? {} : { form: leaf.form }),
  };
}

/** The name within two edits, if any. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const scored = names.map((name) => ({ name, distance: distance(word.slice(0, 40), name) }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= 2 ? best.name : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + same);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
