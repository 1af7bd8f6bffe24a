// The README's table of commands, from the commands' own specs. Pure.
import type { CommandSpec, LeafSpec } from '../src/core/command.ts';
import { usage } from '../src/core/parse-args.ts';

const MARK = (name: string) => `<!-- ${name} commands: written by scripts/write-readme.ts -->`;

export function commandTable(specs: readonly CommandSpec[]): string {
  const rows = specs.flatMap((spec) =>
    spec.leaf === undefined
      ? spec.subcommands.map((leaf) => row(`${spec.name} ${leaf.name}`, leaf))
      : [row(spec.name, spec.leaf)],
  );
  return `| command | options | what it does | who, and who sees it |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

/** The document with the table between its marks renewed. Throws where the marks are missing. */
export function withCommandTable(document: string, specs: readonly CommandSpec[]): string {
  const [begin, end] = [MARK('begin'), MARK('end')];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the document needs the lines ${begin} and ${end}`);
  return `${document.slice(0, from + begin.length)}\n${commandTable(specs)}\n${document.slice(to)}`;
}

function row(path: string, leaf: LeafSpec): string {
  const options = Object.keys(leaf.args).length === 0 ? '–' : `\`${usage(leaf)}\``;
  const who = leaf.access === 'admin' ? 'administrators' : 'everyone';
  return `| \`/${path}\` | ${options} | ${leaf.summary.replaceAll('|', '\\|')} | ${who}; ${leaf.visibility} |`;
}
