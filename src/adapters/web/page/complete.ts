// What may follow the line typed so far. Pure, so that it is tested without a browser.
import type { ArgSpec, CommandSpec, LeafSpec } from '../../../core/command.ts';

/** One entry of the list: accepting it makes `line` the line. */
export interface Suggestion {
  readonly line: string;
  readonly label: string;
  readonly detail: string;
}

/** A question to the server: which values go on from `partial`; a value is put after `before`. */
export interface Ask {
  readonly name: string;
  readonly subcommand?: string;
  readonly option: string;
  readonly partial: string;
  readonly before: string;
}

export interface Completing {
  readonly suggestions: readonly Suggestion[];
  readonly ask?: Ask;
}

export interface Located {
  readonly leaf: LeafSpec;
  readonly name: string;
  readonly subcommand?: string;
  /** What follows the command's names, and where in the line it begins. */
  readonly rest: string;
  readonly at: number;
}

const NOTHING: Completing = { suggestions: [] };

export function complete(
  line: string,
  commands: readonly CommandSpec[],
  people: readonly string[],
): Completing {
  if (!line.startsWith('/')) {
    const lookup = commands.find((command) => command.name === 'who')?.leaf?.args.question;
    if (line.trim() === '' || !suggests(lookup)) return NOTHING;
    return { suggestions: [], ask: { name: 'who', option: 'question', partial: line, before: '' } };
  }
  const located = locate(line, commands);
  if (located !== undefined && located.at > 0) return completeOptions(line, located, people);
  return { suggestions: matchingPaths(line, commands) };
}

/** The command that a line names. `at` is 0 while the cursor still touches the name. */
export function locate(line: string, commands: readonly CommandSpec[]): Located | undefined {
  const words = /^\/(\S+)(\s+)?(\S+)?(\s+)?/.exec(line);
  const command = commands.find((c) => c.name === words?.[1] || c.aliases?.includes(words?.[1] ?? ''));
  if (words === null || command === undefined) return undefined;
  const [whole, name = '', gap, second, secondGap] = words;
  if (command.leaf) {
    const at = gap === undefined ? 0 : 1 + name.length + gap.length;
    return { leaf: command.leaf, name: command.name, rest: at === 0 ? '' : line.slice(at), at };
  }
  const leaf = command.subcommands.find((sub) => sub.name === second);
  if (leaf === undefined) return undefined;
  const at = secondGap === undefined ? 0 : whole.length;
  return { leaf, name: command.name, subcommand: leaf.name, rest: at === 0 ? '' : line.slice(at), at };
}

/** Whether the command wants its form filled in: it has one, needs options and got none. */
export function wantsForm({ leaf, rest }: Located): boolean {
  const needs = Object.values(leaf.args).some((arg) => arg.required);
  return leaf.form !== undefined && needs && rest.trim() === '';
}

function matchingPaths(line: string, commands: readonly CommandSpec[]): Suggestion[] {
  const typed = line.slice(1).toLowerCase().replace(/\s+/g, ' ');
  const paths = commands.flatMap((command) =>
    command.leaf
      ? [{ path: command.name, leaf: command.leaf }]
      : command.subcommands.map((leaf) => ({ path: `${command.name} ${leaf.name}`, leaf })),
  );
  const begins = paths.filter(({ path }) => path.startsWith(typed));
  const contains = paths.filter(({ path }) => !path.startsWith(typed) && path.includes(typed.trim()));
  return [...begins, ...contains].map(({ path, leaf }) => ({
    line: Object.keys(leaf.args).length > 0 ? `/${path} ` : `/${path}`,
    label: `/${path}`,
    detail: leaf.summary,
  }));
}

function completeOptions(line: string, located: Located, people: readonly string[]): Completing {
  const { leaf, rest, at } = located;
  const { open, current, from } = readOptions(leaf, rest);
  const before = line.slice(0, at + from);
  const named = /^([A-Za-z-]+):(.*)$/s.exec(current);
  const option = named && leaf.args[named[1] ?? ''] ? named[1] : undefined;
  if (option !== undefined) {
    return valuesOf(located, option, named?.[2] ?? '', `${before}${option}:`, people);
  }
  const next = open[0];
  if (next === undefined) return NOTHING;
  const values = valuesOf(located, next, current, before, people);
  const names = open
    .filter((name) => `${name}:`.startsWith(current.toLowerCase()) && !isRest(leaf.args[name]))
    .map((name) => ({
      line: `${before}${name}:`,
      label: `${name}:`,
      detail: leaf.args[name]?.summary ?? '',
    }));
  return { ...values, suggestions: [...values.suggestions, ...names] };
}

/** Which options are still open, and what is being typed: `rest` from index `from` on. */
function readOptions(leaf: LeafSpec, rest: string) {
  const open = Object.keys(leaf.args);
  const take = (name: string | undefined) => {
    const index = open.indexOf(name ?? '');
    if (index >= 0) open.splice(index, 1);
  };
  let from = 0;
  for (const match of rest.matchAll(/"[^"]*"\s+|\S+\s+/g)) {
    const word = match[0].trim();
    const name = /^([A-Za-z-]+):/.exec(word)?.[1];
    if (isRest(leaf.args[name ?? '']) || (name === undefined && isRest(leaf.args[open[0] ?? '']))) break;
    if (name !== undefined && leaf.args[name]) take(name);
    else take(open.find((candidate) => accepts(leaf.args[candidate], word)) ?? open[0]);
    from = match.index + match[0].length;
  }
  return { open, current: rest.slice(from), from };
}

function valuesOf(
  { leaf, name, subcommand }: Located,
  option: string,
  partial: string,
  before: string,
  people: readonly string[],
): Completing {
  const spec = leaf.args[option];
  if (suggests(spec)) {
    const sub = subcommand === undefined ? {} : { subcommand };
    return { suggestions: [], ask: { name, ...sub, option, partial, before } };
  }
  const values =
    spec?.kind === 'choice' ? spec.choices : spec?.kind === 'user' ? people.map((id) => `@${id}`) : [];
  return {
    suggestions: values
      .filter((value) => value.startsWith(partial.toLowerCase()) && value !== partial)
      .map((value) => ({ line: before + value, label: value, detail: spec?.summary ?? '' })),
  };
}

function suggests(spec: ArgSpec | undefined): boolean {
  return spec?.kind === 'text' && spec.suggests === true;
}

function isRest(spec: ArgSpec | undefined): boolean {
  return spec?.kind === 'text' && spec.rest === true;
}

function accepts(spec: ArgSpec | undefined, word: string): boolean {
  return spec?.kind === 'choice' && spec.choices.includes(word.toLowerCase());
}
